import * as l10n from '@vscode/l10n';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { OfferedFix, RemedyCard } from '../protocol';
import { lazy } from '../python/model/once';
import type { FixKind, TechniqueId } from '../remedies/remedy';
import { toRange } from './edits';
import { findImported, importedPlans } from './importedPlans';
import { notebookOf } from './notebooks';
import { plannedEdits, type PlannedEdits } from './plannedEdits';
import { say } from './say';

/** Most scripts looked at for one offer: the active one, then the other open ones. */
const MAX_SCRIPTS = 12;
/** Pause after the last keystroke in a script before the offers are made anew (ms). */
const SETTLED = 300;

/** The remedies that can be written into a script that is open: offered to the panel, applied on a click. */
export class Fixes implements vscode.Disposable {
  private readonly change = new vscode.EventEmitter<void>();
  private readonly store: vscode.Disposable[];
  /** The script that each technique was last offered for: a click edits that one or none. */
  private readonly offered = new Map<TechniqueId, vscode.Uri>();
  private timer: NodeJS.Timeout | null = null;

  /** A script was opened, closed or edited: what can be written where may have changed. */
  readonly onDidChange = this.change.event;

  constructor(private readonly output: vscode.LogOutputChannel) {
    this.store = [
      this.change,
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

  /** For each remedy with a Python fix, the first open training script that it can be written into. */
  async offer(remedies: readonly RemedyCard[]): Promise<OfferedFix[]> {
    const offers: OfferedFix[] = [];
    // Looked at once for all remedies, and only if one has no place in the open scripts.
    const imported = lazy(importedPlans);
    for (const { technique, fixes } of remedies) {
      if (!fixes.includes('python')) continue;
      const found = (await this.find(technique)) ?? (await findImported(imported, technique));
      if (!found) continue;
      this.offered.set(technique, found.uri);
      offers.push({ technique, kind: 'python', title: found.title, file: basename(found.uri.path) });
    }
    return offers;
  }

  /** Writes the remedy into the script that it was offered for, and shows it; says why when it no longer can. */
  async apply(technique: TechniqueId, kind: FixKind): Promise<void> {
    const uri = this.offered.get(technique);
    const document = kind === 'python' && uri ? await openDocument(uri) : null;
    const planned = document && (await this.planFor(document, technique));
    const plan = planned?.plan;
    if (!document || !plan?.applicable || !planned?.edit) {
      const why =
        plan && !plan.applicable
          ? plan.reason
          : l10n.t('the script that it was offered for is not there any more');
      void say.info(l10n.t('Fitcheck: nothing was written: {0}.', why));
      return;
    }
    await vscode.workspace.applyEdit(planned.edit);
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

  private async find(technique: TechniqueId): Promise<{ uri: vscode.Uri; title: string } | null> {
    const active = vscode.window.activeTextEditor?.document;
    const open = vscode.workspace.textDocuments.filter((document) => document !== active);
    const scripts = [...(active ? [active] : []), ...open].filter(
      ({ languageId }) => languageId === 'python',
    );
    for (const document of scripts.slice(0, MAX_SCRIPTS)) {
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

async function openDocument(uri: vscode.Uri): Promise<vscode.TextDocument | null> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    // Closed and deleted since: `apply` says so.
    return null;
  }
}
