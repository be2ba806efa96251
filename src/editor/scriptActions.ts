import * as vscode from 'vscode';
import type { TechniqueId } from '../remedies/remedy';
import { toWorkspaceEdit } from './edits';

/** Remedies that the light bulb offers in a training script, where the cursor is on an update point. */
const offered: readonly TechniqueId[] = ['gradient-clipping'];

/** Lines around the cursor in which the statement that it is on may begin or end. */
const AROUND = 5;

/** Code actions in Python files: writes a remedy at the update point under the cursor. */
export class ScriptActions implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.RefactorRewrite];

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    _context: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]> {
    // Most cursor moves are nowhere near a step: those must cost nothing.
    if (!mayStep(document, range)) return [];
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

/** Whether an update point can stand in these lines: a statement may go over several. */
function mayStep(document: vscode.TextDocument, range: vscode.Range): boolean {
  const from = Math.max(0, range.start.line - AROUND);
  const to = Math.min(document.lineCount, range.end.line + AROUND + 1);
  return /\.\s*step\s*\(/.test(document.getText(new vscode.Range(from, 0, to, 0)));
}
