import * as l10n from '@vscode/l10n';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { OfferedFix, RemedyCard } from '../protocol';
import { lazy } from '../python/model/once';
import { catalogue } from '../remedies/catalogue';
import type { FixKind, TechniqueId } from '../remedies/remedy';
import type { FixPlan } from '../remedies/textEdit';
import { toWorkspaceEdit } from './edits';
import { previewScheme } from './ids';
import { findImported, importedPlans } from './importedPlans';
import { pythonCells } from './notebooks';
import { plannedEdits, unchanged } from './plannedEdits';
import type { RunConfigs } from './runConfigs';
import type { RunScripts } from './scripts/runScripts';

/** Most scripts looked at for one offer: the active one, then the other open ones. */
const MAX_SCRIPTS = 12;

interface Found {
  uri: vscode.Uri;
  title: string;
}

/** What was planned for a document. */
interface Planned {
  plan: FixPlan;
  edit: vscode.WorkspaceEdit | null;
  /** The text that the edits of the plan are of, and whether it still stands there. */
  source: string;
  isCurrent: () => boolean;
}

interface Applicable extends Planned {
  plan: Extract<FixPlan, { applicable: true }>;
  edit: vscode.WorkspaceEdit;
}

/** A remedy as it can be written into the file that it was offered for. */
export type PlannedFix = Applicable & { document: vscode.TextDocument };

/** Which remedies can be written into which file: one click edits the file that was named, or none. */
export class Offers {
  /** The file that each technique was last offered for, by run, technique and kind. */
  private readonly offered = new Map<string, vscode.Uri>();

  constructor(
    private readonly output: vscode.LogOutputChannel,
    private readonly scripts: Pick<RunScripts, 'of'>,
    private readonly configs: Pick<RunConfigs, 'of' | 'plan'>,
  ) {}

  /**
   * What can be written for each remedy. Into Python: into the script that made the run, or a file that this imports; where it
   * is not known what made it, into the first open training script that has a place for it. Into a config: only into one that
   * is known to be the run's.
   * @param others techniques that were not recommended, for which no imported file is looked through
   */
  async make(
    remedies: readonly Pick<RemedyCard, 'technique' | 'fixes'>[],
    path: string,
    others: readonly TechniqueId[] = [],
  ): Promise<OfferedFix[]> {
    const offers: OfferedFix[] = [];
    const made = await this.madeBy(path);
    const active = vscode.window.activeTextEditor?.document;
    const documents = made ? [made] : openScripts(active);
    // Looked at once for all remedies, and only if one has no place in the scripts themselves.
    const imported = lazy(() => importedPlans(made ?? active));
    const configs = lazy(() => this.configs.of(path));
    const more = others.map((technique) => ({ technique, fixes: catalogue[technique].fixes, isOther: true }));
    for (const { technique, fixes, isOther } of [
      ...remedies.map((one) => ({ ...one, isOther: false })),
      ...more,
    ]) {
      const note = (kind: FixKind, found: Found | null): void => {
        const key = keyOf(path, technique, kind);
        if (!found) return void this.offered.delete(key);
        this.offered.set(key, found.uri);
        offers.push({ technique, kind, title: found.title, file: basename(found.uri.path) });
      };
      if (fixes.includes('python')) {
        const found = await this.find('python', technique, documents);
        note('python', found ?? (isOther ? null : await findImported(imported, technique)));
      }
      if (fixes.includes('config')) note('config', await this.find('config', technique, await configs()));
    }
    return offers;
  }

  /** The edit for the file that a remedy was offered for, as that stands; or why there is none. */
  async plan(technique: TechniqueId, kind: FixKind, path: string): Promise<PlannedFix | string> {
    const uri = this.offered.get(keyOf(path, technique, kind));
    const document = uri && (await openDocument(uri));
    if (!document) return l10n.t('the file that it was offered for is not there any more');
    const planned = await this.planFor(document, technique, kind);
    if (!planned) return l10n.t('the edit could not be planned; the log says why');
    const { plan, edit, source, isCurrent } = planned;
    if (!plan.applicable) return plan.reason;
    return edit
      ? { document, plan, edit, source, isCurrent }
      : l10n.t('the edit would go over the end of a cell');
  }

  /** The script that made a run, or a cell of the notebook that did; null where that is not known. */
  private async madeBy(path: string): Promise<vscode.TextDocument | null> {
    const uri = await this.scripts.of(path);
    if (!uri) return null;
    if (!uri.path.endsWith('.ipynb') && uri.scheme === 'file') return openDocument(uri);
    const notebook = vscode.workspace.notebookDocuments.find((one) => one.uri.toString() === uri.toString());
    return (notebook && pythonCells(notebook)[0]) ?? null;
  }

  private async find(
    kind: FixKind,
    technique: TechniqueId,
    documents: readonly vscode.TextDocument[],
  ): Promise<Found | null> {
    for (const document of documents) {
      const plan = (await this.planFor(document, technique, kind))?.plan;
      if (plan?.applicable) return { uri: document.uri, title: plan.title };
    }
    return null;
  }

  /** The plan for a document as it stands; null when planning failed, which is logged. */
  private async planFor(
    document: vscode.TextDocument,
    technique: TechniqueId,
    kind: FixKind,
  ): Promise<Planned | null> {
    try {
      if (kind === 'python') {
        const planned = await plannedEdits(document);
        return { ...planned.plan(technique), source: planned.source, isCurrent: planned.isCurrent };
      }
      const source = document.getText();
      const isCurrent = unchanged([document]);
      const plan = await this.configs.plan(document, technique);
      const edit = plan.applicable ? toWorkspaceEdit(document.uri, plan.edits) : null;
      return { plan, edit, source, isCurrent };
    } catch (error) {
      this.output.error(error instanceof Error ? error : String(error));
      return null;
    }
  }
}

/** Names a remedy of a run in a file of a kind. */
export function keyOf(path: string, technique: TechniqueId, kind: FixKind): string {
  return `${path} ${technique} ${kind}`;
}

function openScripts(active: vscode.TextDocument | undefined): vscode.TextDocument[] {
  const open = vscode.workspace.textDocuments.filter((document) => document !== active);
  return [...(active ? [active] : []), ...open]
    .filter(({ languageId, uri }) => languageId === 'python' && uri.scheme !== previewScheme)
    .slice(0, MAX_SCRIPTS);
}

async function openDocument(uri: vscode.Uri): Promise<vscode.TextDocument | null> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    // Closed and deleted since: `apply` says so.
    return null;
  }
}
