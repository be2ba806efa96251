import * as vscode from 'vscode';
import type { FixPlan } from '../remedies/textEdit';
import { toRange } from './edits';
import type { TechniqueId } from '../remedies/remedy';
import type { Measuring } from './fixes';
import { plannedEdits, type PlannedEdits } from './plannedEdits';
import { forgetClosed } from './scriptPlans';
import { warnIfLocked, wasWritten } from './written';

/** Words without which there is no place for any remedy: steps and optimizers, trainers and their arguments, layers, losses, data. */
const telling =
  /\.\s*(step|update|compile|fit|apply\w*)\s*\(|optim|Adam|SGD|Trainer|Learner|TrainingArguments|Config\s*\(|initialize|Sequential|dropout|LSTM|GRU|RNN|Dense|Transformer|\bclass\b|field\s*\(|entropy|loss|epoch|Compose|Conv|Linear|Norm|Embedding|Parallel|DDP|create_model|kl_div|warm_?up|training_step/i;

/** Lines around the cursor in which the statement that it is on may begin or end. */
const AROUND = 5;

/** Remembers that an edit was made and selects what it inserted; only code actions run it, and the underscore says so. */
const written = '_fitcheck.remedyWritten';

/** Code actions in Python files: writes a remedy at the update point, optimizer or network under the cursor. */
export class ScriptActions implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.RefactorRewrite];

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]> {
    // Someone asks for quick fixes or imports only: there are none here.
    if (context.only && !context.only.intersects(vscode.CodeActionKind.RefactorRewrite)) return [];
    // Most cursor moves are nowhere near a training: those must cost nothing.
    if (!mayTrain(document, range)) return [];
    // A cursor that moves on takes its question back: that is heard before any work begins.
    await new Promise((resolve) => setImmediate(resolve));
    if (token.isCancellationRequested) return [];
    const plans = await plannedEdits(document);
    if (token.isCancellationRequested) return [];
    const at = {
      start: { line: range.start.line, character: range.start.character },
      end: { line: range.end.line, character: range.end.character },
    };
    return plans.techniques.flatMap((technique) => {
      const { plan, edit } = plans.plan(technique, at);
      if (!plan.applicable || !edit) return [];
      const action = new vscode.CodeAction(plan.title, vscode.CodeActionKind.RefactorRewrite);
      action.edit = edit;
      action.command = remembering(document, plans, technique, plan);
      return [action];
    });
  }
}

export function registerScriptActions(measuring: Pick<Measuring, 'markApplied'>): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.languages.registerCodeActionsProvider({ language: 'python' }, new ScriptActions(), {
      providedCodeActionKinds: ScriptActions.kinds,
    }),
    vscode.commands.registerCommand(written, async (made: Made) => {
      const { document, source, remedy, inserted } = made;
      const { uri } = document;
      if (!(await wasWritten(document, made))) return;
      if (inserted) selectInserted(uri, inserted);
      await measuring.markApplied(remedy, scriptOf(uri), { file: uri, before: source });
      await warnIfLocked(uri);
    }),
    forgetClosed(),
  );
}

/** What an action has made, if VS Code made it. */
interface Made extends Pick<PlannedEdits, 'source' | 'isCurrent'> {
  readonly document: vscode.TextDocument;
  readonly remedy: { readonly technique: TechniqueId; readonly title: string };
  readonly inserted: vscode.Range | null;
}

/** Has an action that writes a remedy remembered; it runs after the edit. */
export function remembering(
  document: vscode.TextDocument,
  { source, isCurrent }: PlannedEdits,
  technique: TechniqueId,
  { title, selection }: Extract<FixPlan, { applicable: true }>,
): vscode.Command {
  const inserted = selection ? toRange(selection) : null;
  const made: Made = { document, source, isCurrent, remedy: { technique, title }, inserted };
  return { command: written, title, arguments: [made] };
}

/** A cell is part of its notebook, which is what is trained with. */
function scriptOf(uri: vscode.Uri): vscode.Uri {
  return uri.scheme === 'vscode-notebook-cell' ? uri.with({ scheme: 'file', fragment: '' }) : uri;
}

/** The inserted value is usual, not right for everybody: it is selected, to be typed over. */
function selectInserted(uri: vscode.Uri, range: vscode.Range): void {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.uri.toString() !== uri.toString()) return;
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Whether one of those can stand in these lines: a statement may go over several. */
function mayTrain(document: vscode.TextDocument, range: vscode.Range): boolean {
  const from = Math.max(0, range.start.line - AROUND);
  const to = Math.min(document.lineCount, range.end.line + AROUND + 1);
  return telling.test(document.getText(new vscode.Range(from, 0, to, 0)));
}
