import * as vscode from 'vscode';
import type { TechniqueId } from '../remedies/remedy';
import { toWorkspaceEdit } from './edits';

/** Remedies that the light bulb offers in a training script, where the cursor is on an update point. */
const offered: readonly TechniqueId[] = ['gradient-clipping'];

/** Code actions in Python files: writes a remedy at the update point under the cursor. */
export class ScriptActions implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.RefactorRewrite];

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    _context: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]> {
    const text = document.getText();
    // The grammar is loaded at the first use: activation stays fast.
    const { planRemedyAt } = await import('../python/plan');
    const actions: vscode.CodeAction[] = [];
    for (const technique of offered) {
      const plan = await planRemedyAt(text, technique, {
        start: { line: range.start.line, character: range.start.character },
        end: { line: range.end.line, character: range.end.character },
      });
      if (token.isCancellationRequested) return [];
      if (!plan.applicable) continue;
      const action = new vscode.CodeAction(plan.title, vscode.CodeActionKind.RefactorRewrite);
      action.edit = toWorkspaceEdit(document.uri, plan.edits);
      actions.push(action);
    }
    return actions;
  }
}

export function registerScriptActions(): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider({ language: 'python' }, new ScriptActions(), {
    providedCodeActionKinds: ScriptActions.kinds,
  });
}
