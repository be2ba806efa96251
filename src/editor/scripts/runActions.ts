import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { symptomTitle } from '../../analysis/symptomNotes';
import { quoted } from '../../analysis/wording';
import type { Dismissals } from '../dismissals';
import { commands } from '../ids';
import { plannedEdits } from '../plannedEdits';
import { remembering } from '../scriptActions';
import { SOURCE, type RunDiagnostics } from './runDiagnostics';

/** Only a quick fix runs it, and the underscore says so. */
const dismiss = '_fitcheck.dismissFinding';

/** Quick fixes of what was found in a script's run: the remedies, written into it; the run itself; "this is not so". */
export class RunActions implements vscode.CodeActionProvider {
  constructor(private readonly diagnostics: RunDiagnostics) {}

  async provideCodeActions(
    document: vscode.TextDocument,
    _range: vscode.Range,
    context: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]> {
    const ours = context.diagnostics.filter(({ source }) => source === SOURCE);
    const actions: vscode.CodeAction[] = [];
    for (const diagnostic of ours) {
      const shown = this.diagnostics.find(document.uri, diagnostic);
      if (!shown) continue;
      const { run, placed } = shown;
      const plans = await plannedEdits(document);
      if (token.isCancellationRequested) return [];
      for (const technique of placed.remedies) {
        const { plan, edit } = plans.plan(technique);
        if (!plan.applicable || !edit) continue;
        const fix = quickFix(plan.title, diagnostic, edit);
        fix.command = remembering(document, plans, technique, plan);
        actions.push(fix);
      }
      const show = quickFix(l10n.t('Show the run'), diagnostic);
      show.command = { command: commands.showRun, title: show.title, arguments: [run] };
      const found = quoted(symptomTitle(placed.finding.id));
      const not = quickFix(l10n.t('This is not so: dismiss {0} for this run', found), diagnostic);
      not.command = { command: dismiss, title: not.title, arguments: [run.path, placed.finding.id] };
      const other = quickFix(l10n.t('Another script wrote this run…'), diagnostic);
      other.command = { command: commands.chooseScript, title: other.title, arguments: [run] };
      actions.push(show, not, other);
    }
    return actions;
  }
}

export function registerRunActions(diagnostics: RunDiagnostics, dismissals: Dismissals): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.languages.registerCodeActionsProvider({ language: 'python' }, new RunActions(diagnostics), {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    }),
    vscode.commands.registerCommand(dismiss, (path: string, id: Parameters<Dismissals['restore']>[1]) =>
      dismissals.dismiss(path, { id, reason: 'other' }),
    ),
  );
}

function quickFix(
  title: string,
  diagnostic: vscode.Diagnostic,
  edit?: vscode.WorkspaceEdit,
): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  if (edit) action.edit = edit;
  return action;
}
