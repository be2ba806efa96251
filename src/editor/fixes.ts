import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { OfferedFix, RemedyCard } from '../protocol';
import { lazy } from '../python/model/once';
import type { FixKind, TechniqueId } from '../remedies/remedy';
import { toRange } from './edits';
import { findImported, importedPlans } from './importedPlans';
import { notebookOf, pythonCells } from './notebooks';
import { plannedEdits, type PlannedEdits } from './plannedEdits';
import type { RunScripts } from './scripts/runScripts';
import { say } from './say';

/** Most scripts looked at for one offer: the active one, then the other open ones. */
const MAX_SCRIPTS = 12;
/** Pause after the last keystroke in a script before the offers are made anew (ms). */
const SETTLED = 300;

/** What knows whether the effect of a remedy can be told. */
export interface Measuring {
  /** Whether one may be written now: asks where another one was not measured yet. */
  mayApply(script: vscode.Uri): Promise<boolean>;
  markApplied(remedy: { technique: TechniqueId; title: string }, script: vscode.Uri): Promise<void>;
}

/** The remedies that can be written into a script: offered to the panel, applied on a click. */
export class Fixes implements vscode.Disposable {
  private readonly change = new vscode.EventEmitter<void>();
  private readonly store: vscode.Disposable[];
  /** The script that each technique was last offered for, by run and technique: a click edits that one or none. */
  private readonly offered = new Map<string, vscode.Uri>();
  private timer: NodeJS.Timeout | null = null;

  /** A script was opened, closed or edited: what can be written where may have changed. */
  readonly onDidChange = this.change.event;

  constructor(
    private readonly output: vscode.LogOutputChannel,
    private readonly scripts: RunScripts,
    private readonly measuring: Measuring,
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
   * For each remedy with a Python fix, where it can be written: into the script that made the run, or a file that this imports.
   * Where it is not known what made it, into the first open training script that has a place for it.
   */
  async offer(remedies: readonly RemedyCard[], path: string): Promise<OfferedFix[]> {
    const offers: OfferedFix[] = [];
    const made = await this.madeBy(path);
    const active = vscode.window.activeTextEditor?.document;
    const documents = made ? [made] : openScripts(active);
    // Looked at once for all remedies, and only if one has no place in the scripts themselves.
    const imported = lazy(() => importedPlans(made ?? active));
    for (const { technique, fixes } of remedies) {
      if (!fixes.includes('python')) continue;
      const found = (await this.find(technique, documents)) ?? (await findImported(imported, technique));
      if (!found) continue;
      this.offered.set(`${path} ${technique}`, found.uri);
      offers.push({ technique, kind: 'python', title: found.title, file: basename(found.uri.path) });
    }
    return offers;
  }

  /** Writes the remedy into the script that it was offered for, and shows it; says why when it no longer can. */
  async apply(technique: TechniqueId, kind: FixKind, path: string): Promise<void> {
    const uri = this.offered.get(`${path} ${technique}`);
    const document = kind === 'python' && uri ? await openDocument(uri) : null;
    const planned = document && (await this.planFor(document, technique));
    const plan = planned?.plan;
    if (!document || !plan?.applicable || !planned?.edit) {
      const why =
        plan && !plan.applicable ? plan.reason : 'the script that it was offered for is not there any more';
      void say.info(`Fitcheck: nothing was written: ${why}.`);
      return;
    }
    const made = notebookOf(document)?.uri ?? document.uri;
    if (!(await this.measuring.mayApply(made))) return;
    await vscode.workspace.applyEdit(planned.edit);
    await this.measuring.markApplied({ technique, title: plan.title }, made);
    const notebook = notebookOf(document);
    if (notebook) {
      await vscode.window.showNotebookDocument(notebook);
      return;
    }
    const { start } = plan.edits.at(-1)!.range;
    const selection = toRange(plan.selection ?? { start, end: start });
    await vscode.window.showTextDocument(document, { selection });
  }

  private notice({ languageId }: vscode.TextDocument): void {
    if (languageId !== 'python') return;
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
    technique: TechniqueId,
    documents: readonly vscode.TextDocument[],
  ): Promise<{ uri: vscode.Uri; title: string } | null> {
    for (const document of documents) {
      const plan = (await this.planFor(document, technique))?.plan;
      if (plan?.applicable) return { uri: document.uri, title: plan.title };
    }
    return null;
  }

  /** The plan for a document as it stands; null when planning failed, which is logged. */
  private async planFor(
    document: vscode.TextDocument,
    technique: TechniqueId,
  ): Promise<ReturnType<PlannedEdits['plan']> | null> {
    try {
      return (await plannedEdits(document)).plan(technique);
    } catch (error) {
      this.output.error(error instanceof Error ? error : String(error));
      return null;
    }
  }
}

function openScripts(active: vscode.TextDocument | undefined): vscode.TextDocument[] {
  const open = vscode.workspace.textDocuments.filter((document) => document !== active);
  return [...(active ? [active] : []), ...open]
    .filter(({ languageId }) => languageId === 'python')
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
