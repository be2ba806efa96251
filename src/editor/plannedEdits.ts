import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { ScriptPlans } from '../python/plan';
import type { NotebookText } from '../python/notebook';
import type { FixPlan, Range } from '../remedies/textEdit';
import type { TechniqueId } from '../remedies/remedy';
import { toWorkspaceEdit } from './edits';
import { cellEdits, notebookOf, pythonCells } from './notebooks';
import { scriptPlans } from './scriptPlans';

/** What can be written into a document, or into the notebook that it is a cell of. */
export interface PlannedEdits {
  techniques: readonly TechniqueId[];
  /** The text that the plans' edits are of: the document's, or that of a notebook's cells one after the other. */
  source: string;
  /** Whether that text still stands there: an edit of another one would be wrong. */
  isCurrent: () => boolean;
  /** The plan for all of it, or for what a selection touches; the edit where it applies. */
  plan(technique: TechniqueId, selection?: Range): { plan: FixPlan; edit: vscode.WorkspaceEdit | null };
}

/** Plans for a document as it stands. */
export async function plannedEdits(document: vscode.TextDocument): Promise<PlannedEdits> {
  const notebook = notebookOf(document);
  if (notebook) return notebookEdits(notebook, document);
  const source = document.getText();
  const isCurrent = unchanged([document]);
  const plans = await scriptPlans(document);
  return {
    techniques: plans.techniques,
    source,
    isCurrent,
    plan(technique, selection) {
      const plan = plans.plan(technique, selection);
      return { plan, edit: plan.applicable ? toWorkspaceEdit(document.uri, plan.edits) : null };
    },
  };
}

/** Whether some documents are as they are now, to be asked later. */
export function unchanged(documents: readonly vscode.TextDocument[]): () => boolean {
  const versions = documents.map(({ version }) => version);
  return () => documents.every(({ isClosed, version }, i) => !isClosed && version === versions[i]);
}

const known = new WeakMap<vscode.NotebookDocument, { source: string; plans: Promise<ScriptPlans> }>();

async function notebookEdits(
  notebook: vscode.NotebookDocument,
  document: vscode.TextDocument,
): Promise<PlannedEdits> {
  const { joinCells, inCells, inScript } = await import('../python/notebook');
  const cells = pythonCells(notebook);
  const text = joinCells(cells.map((one) => one.getText()));
  const at = cells.indexOf(document);
  const areCurrent = unchanged(cells);
  const order = String(cells.map(({ uri }) => uri));
  const plans = await plansOf(notebook, text);
  return {
    techniques: plans.techniques,
    source: text.source,
    isCurrent: () => areCurrent() && String(pythonCells(notebook).map(({ uri }) => uri)) === order,
    plan(technique, selection) {
      const whole = plans.plan(technique, selection && at >= 0 ? inScript(selection, at, text) : undefined);
      if (!whole.applicable) return { plan: whole, edit: null };
      const ends = cells.map((one) => one.lineAt(one.lineCount - 1).range.end);
      const split = inCells(whole.edits, text, ends);
      if (!split)
        return {
          plan: { applicable: false, reason: l10n.t('the edit would go over the end of a cell') },
          edit: null,
        };
      // Where the value stands afterwards is told for the whole script, not for its cell.
      const plan = { ...whole };
      delete plan.selection;
      return { plan, edit: cellEdits(split, cells) };
    },
  };
}

function plansOf(notebook: vscode.NotebookDocument, { source }: NotebookText): Promise<ScriptPlans> {
  const before = known.get(notebook);
  if (before?.source === source) return before.plans;
  const plans = import('../python/plan').then(({ planScript, plannable }) => planScript(source, plannable));
  known.set(notebook, { source, plans });
  plans.catch(() => known.delete(notebook));
  return plans;
}
