import * as l10n from '@vscode/l10n';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { OfferedFix, RemedyCard } from '../protocol';
import { lazy } from '../python/model/once';
import { catalogue } from '../remedies/catalogue';
import type { FixKind, TechniqueId } from '../remedies/remedy';
import { applyEdits, type FixPlan } from '../remedies/textEdit';
import { columnFor } from './columnFor';
import { toRange, toWorkspaceEdit } from './edits';
import { previewScheme } from './ids';
import { findImported, importedPlans } from './importedPlans';
import { isLinted } from './lintedDocuments';
import { notebookOf, pythonCells } from './notebooks';
import { plannedEdits, unchanged } from './plannedEdits';
import type { Previews } from './previews';
import type { RunConfigs } from './runConfigs';
import type { RunScripts } from './scripts/runScripts';
import { say } from './say';
import { warnIfLocked, wasWritten, type WrittenInto } from './written';

/** Most scripts looked at for one offer: the active one, then the other open ones. */
const MAX_SCRIPTS = 12;
/** Pause after the last keystroke in a script before the offers are made anew (ms). */
const SETTLED = 300;

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

/** What knows whether the effect of a remedy can be told. */
export interface Measuring {
  /** Whether one may be written now: asks where another one was not measured yet. */
  mayApply(script: vscode.Uri): Promise<boolean>;
  /** @param remedy.alone it was written into a config of which no script is known */
  markApplied(
    remedy: { technique: TechniqueId; title: string; alone?: true },
    script: vscode.Uri,
    into: WrittenInto,
  ): Promise<void>;
}

/** The remedies that can be written into a script or a config: offered to the panel, applied on a click. */
export class Fixes implements vscode.Disposable {
  private readonly change = new vscode.EventEmitter<void>();
  private readonly store: vscode.Disposable[];
  /** The file that each technique was last offered for, by run, technique and kind: a click edits that one or none. */
  private readonly offered = new Map<string, vscode.Uri>();
  private timer: NodeJS.Timeout | null = null;

  /** A script was opened, closed or edited: what can be written where may have changed. */
  readonly onDidChange = this.change.event;

  constructor(
    private readonly output: vscode.LogOutputChannel,
    private readonly scripts: RunScripts,
    private readonly measuring: Measuring,
    private readonly configs: RunConfigs,
    private readonly previews: Previews,
  ) {
    this.store = [
      this.change,
      scripts.onDidChange(() => this.change.fire()),
      vscode.workspace.onDidOpenTextDocument((document) => this.notice(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.notice(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.notice(document)),
      vscode.window.onDidChangeActiveTextEditor((editor) => editor && this.notice(editor.document)),
    ];
  }

  dispose(): void {
    if (this.timer) clearTimeout(this.timer);
    for (const item of this.store) item.dispose();
  }

  /**
   * What can be written for each remedy. Into Python: into the script that made the run, or a file that this imports; where it
   * is not known what made it, into the first open training script that has a place for it. Into a config: only into one that
   * is known to be the run's.
   * @param others techniques that were not recommended, for which no imported file is looked through
   */
  async offer(
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

  /** Writes the remedy into the file that it was offered for, and shows it; says why when it no longer can. */
  async apply(technique: TechniqueId, kind: FixKind, path: string): Promise<void> {
    const planned = await this.plannedFor(technique, kind, path);
    if (typeof planned === 'string') {
      void say.info(l10n.t('Fitcheck: nothing was written: {0}.', planned));
      return;
    }
    const { document, plan, edit } = planned;
    const notebook = notebookOf(document);
    // A config is measured by the runs of the script that reads it.
    const script = kind === 'config' ? await this.scripts.of(path) : null;
    const made = script ?? notebook?.uri ?? document.uri;
    if (!(await this.measuring.mayApply(made))) return;
    // The user may take their time to answer; planning takes some, too.
    const isMade = planned.isCurrent() && (await vscode.workspace.applyEdit(edit));
    if (!isMade && !planned.isCurrent()) {
      void say.info(l10n.t('Fitcheck: nothing was written: the file has changed meanwhile.'));
      return;
    }
    if (!(await wasWritten(document, planned))) return;
    const alone = kind === 'config' && !script;
    const remedy = { technique, title: plan.title, ...(alone && { alone }) };
    await this.measuring.markApplied(remedy, made, { file: document.uri, before: planned.source });
    if (notebook) {
      await vscode.window.showNotebookDocument(notebook);
      return;
    }
    const { start } = plan.edits.at(-1)!.range;
    const selection = toRange(plan.selection ?? { start, end: start });
    const viewColumn = columnFor(document.uri);
    const editor = await vscode.window.showTextDocument(document, { selection, viewColumn });
    // What is selected may stand at the end of a long line: that must not scroll the code out of sight.
    const line = selection.start.with({ character: 0 });
    editor.revealRange(new vscode.Range(line, line), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    await warnIfLocked(document.uri);
  }

  /** Shows what the remedy would change in the file that it was offered for. */
  async preview(technique: TechniqueId, kind: FixKind, path: string): Promise<void> {
    const planned = await this.plannedFor(technique, kind, path);
    if (typeof planned === 'string') {
      void say.info(l10n.t('Fitcheck: nothing to preview: {0}.', planned));
      return;
    }
    const { document } = planned;
    const notebook = notebookOf(document);
    await this.previews.show({
      key: keyOf(path, technique, kind),
      shown: notebook ? null : document.uri,
      path: notebook ? `${notebook.uri.path}.py` : document.uri.path,
      concerns: (changed) =>
        changed === document || (notebook !== undefined && notebookOf(changed) === notebook),
      propose: async () => {
        const now = await this.plannedFor(technique, kind, path);
        if (typeof now === 'string') return now;
        return { title: now.plan.title, before: now.source, after: applyEdits(now.source, now.plan.edits) };
      },
      write: () => this.apply(technique, kind, path),
    });
  }

  private notice(document: vscode.TextDocument): void {
    if (document.uri.scheme === previewScheme || !isLinted(document)) return;
    if (this.timer) clearTimeout(this.timer);
    this.timer = setTimeout(() => this.change.fire(), SETTLED);
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

  /** The edit for the file that a remedy was offered for, as that stands; or why there is none. */
  private async plannedFor(
    technique: TechniqueId,
    kind: FixKind,
    path: string,
  ): Promise<(Applicable & { document: vscode.TextDocument }) | string> {
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

function keyOf(path: string, technique: TechniqueId, kind: FixKind): string {
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
