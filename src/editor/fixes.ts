import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { FixKind, TechniqueId } from '../remedies/remedy';
import { applyEdits } from '../remedies/textEdit';
import { columnFor } from './columnFor';
import { toRange } from './edits';
import { previewScheme } from './ids';
import { isLinted } from './lintedDocuments';
import { notebookOf } from './notebooks';
import { keyOf, Offers } from './offers';
import type { Previews } from './previews';
import type { RunConfigs } from './runConfigs';
import type { RunScripts } from './scripts/runScripts';
import { say } from './say';
import { warnIfLocked, wasWritten, type WrittenInto } from './written';

/** Pause after the last keystroke in a script before the offers are made anew (ms). */
const SETTLED = 300;

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
  private readonly offers: Offers;
  private timer: NodeJS.Timeout | null = null;

  /** What can be written for each remedy, and into which file. */
  readonly offer: Offers['make'] = (...about) => this.offers.make(...about);
  /** A script was opened, closed or edited: what can be written where may have changed. */
  readonly onDidChange = this.change.event;

  constructor(
    output: vscode.LogOutputChannel,
    private readonly scripts: RunScripts,
    private readonly measuring: Measuring,
    configs: RunConfigs,
    private readonly previews: Previews,
  ) {
    this.offers = new Offers(output, scripts, configs);
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

  /** Writes the remedy into the file that it was offered for, and shows it; says why when it no longer can. */
  async apply(technique: TechniqueId, kind: FixKind, path: string): Promise<void> {
    const planned = await this.offers.plan(technique, kind, path);
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
    const planned = await this.offers.plan(technique, kind, path);
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
        const now = await this.offers.plan(technique, kind, path);
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
}
