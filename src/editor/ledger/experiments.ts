import * as l10n from '@vscode/l10n';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Applied } from '../../ledger/entry';
import { byScript, type Step } from '../../ledger/ledger';
import { listed } from '../../listed';
import type { SinceBefore } from '../../protocol';
import { ledgerCsv, ledgerMarkdown } from '../../ledger/report';
import { changesText, effectText, remarks, symptomWords } from '../../ledger/words';
import { commands } from '../ids';
import { keptFolder } from '../keptFolder';
import { say } from '../say';
import type { WrittenInto } from '../written';
import { AppliedRemedies } from './appliedRemedies';
import { ExperimentsView, isComparable, type ExperimentNode } from './experimentsView';
import { LedgerStore } from './ledgerStore';
import { Recorder, type RecorderServices } from './recorder';

/** Scheme of the texts that are kept, for the diff editor. */
const SCHEME = 'fitcheck-ledger';

/** The ledger: what each training was made by, what came of it, and what changed in between. */
export class Experiments implements vscode.Disposable {
  readonly store: LedgerStore;
  readonly applied: AppliedRemedies;
  readonly recorder: Recorder;
  private readonly loaded: Promise<void>;
  /** A run was remembered, or ended. */
  readonly onDidChange: vscode.Event<void>;
  readonly view: ExperimentsView;
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    context: vscode.ExtensionContext,
    services: Omit<RecorderServices, 'store' | 'applied'>,
    /** Shows runs beside each other in a panel. */
    private readonly compare: (paths: readonly string[]) => void,
  ) {
    const folder = keptFolder(context, 'ledger');
    this.store = new LedgerStore(folder);
    this.applied = new AppliedRemedies(context.workspaceState);
    this.loaded = this.store.load().catch((error: unknown) => {
      services.output.warn(`the runs of earlier windows can't be read from ${folder}: ${String(error)}`);
    });
    this.recorder = new Recorder({ ...services, store: this.store, applied: this.applied });
    this.onDidChange = this.recorder.onDidChange;
    this.view = new ExperimentsView(this.store, this.recorder, this.loaded);
    this.subscriptions = [
      this.recorder,
      this.view,
      this.recorder.onDidMeasure((step) => void this.tell(step)),
      ...followDocuments(this.applied),
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
        provideTextDocumentContent: async ({ query }) =>
          query ? ((await this.store.textOf(query)) ?? '') : '',
      }),
    ];
  }

  /** What changed since the run before of the same script, in words, and which that was; null where there is none. */
  async since(run: string): Promise<{ words: SinceBefore; before: string } | null> {
    await this.loaded;
    const entry = this.store.get(run);
    if (!entry) return null;
    const steps = byScript(this.store.all).get(entry.script) ?? [];
    const step = steps.find((one) => one.entry === entry);
    if (!step?.before) return null;
    const lines = [...step.effects.map(effectText), ...remarks(step)];
    return { words: { changed: changesText(step), lines }, before: step.before.run };
  }

  /** A remedy is about to be written: may it be? One change at a time, the document says. */
  mayApply(script: vscode.Uri): Promise<boolean> {
    return this.applied.mayAdd(script.fsPath);
  }

  /**
   * A remedy was written into a file of which the trainings of a script tell; it counts when that is saved. What runs of a notebook is
   * what its cells say, saved or not.
   */
  async markApplied(
    remedy: Pick<Applied, 'technique' | 'title' | 'alone'>,
    script: vscode.Uri,
    { file, before }: WrittenInto,
  ): Promise<void> {
    const written = { ...remedy, script: script.fsPath };
    if (file.scheme === 'vscode-notebook-cell') return this.applied.mark({ ...written, at: Date.now() });
    const key = file.toString();
    const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === key);
    const now = open && { text: open.getText(), isSaved: file.scheme === 'file' && !open.isDirty };
    await this.applied.written(written, key, before, now ?? null);
  }

  /** What the commands of the view do. */
  commands(): Record<string, (...args: unknown[]) => unknown> {
    return {
      [commands.exportExperiments]: () => this.export(),
      [commands.diffExperiment]: (path, from, to) => showDiff(path, from, to),
      [commands.compareWithBefore]: (node) => this.compareWithBefore(node as ExperimentNode | undefined),
      [commands.forgetExperiment]: (node) => this.forget(node as ExperimentNode | undefined),
    };
  }

  dispose(): void {
    for (const one of this.subscriptions) one.dispose();
  }

  /** Says what a remedy did, once, when the run that measures it is over; of other changes the view tells. */
  private async tell(step: Step): Promise<void> {
    const { entry, before, effects } = step;
    if (entry.applied.length === 0 || !before) return;
    const names = listed(entry.applied.map(({ title }) => title));
    const compare = l10n.t('Compare');
    const answers = isComparable(step) ? [compare] : [];
    const text = [l10n.t('After "{0}": {1}', names, effectText(effects[0]!)), ...symptomWords(step)].join(
      ' ',
    );
    if ((await say.info(text, ...answers)) === compare) this.compare([entry.run, before.run]);
  }

  private compareWithBefore(node: ExperimentNode | undefined): void {
    if (node?.kind === 'run' && node.step.before && isComparable(node.step))
      this.compare([node.step.entry.run, node.step.before.run]);
    else void say.info(l10n.t('Fitcheck: choose a run in the view Experiments that has one before it.'));
  }

  private async forget(node: ExperimentNode | undefined): Promise<void> {
    if (node?.kind !== 'run') {
      void say.info(l10n.t('Fitcheck: choose the run to forget in the view Experiments.'));
      return;
    }
    await this.store.forget(node.step.entry);
    this.view.refresh();
  }

  /** In an editor of its own, unsaved: what becomes of it is the user's choice. */
  private async export(): Promise<void> {
    const entries = this.store.all;
    if (entries.length === 0) {
      void say.info(
        l10n.t('Fitcheck: no training was seen yet; start one in a terminal, with F5 or in a notebook.'),
      );
      return;
    }
    const kinds = ['Markdown', 'CSV'] as const;
    const kind = await vscode.window.showQuickPick(kinds, { title: l10n.t('Export the experiments as') });
    if (kind === undefined) return;
    const content = kind === 'CSV' ? ledgerCsv(entries) : ledgerMarkdown(entries);
    const language = kind === 'CSV' ? 'plaintext' : 'markdown';
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content, language }));
  }
}

/** Whether what was written is saved, undone, or closed without either. */
function followDocuments(applied: AppliedRemedies): vscode.Disposable[] {
  return [
    vscode.workspace.onDidSaveTextDocument(
      (document) => void applied.saved(document.uri.toString(), () => document.getText()),
    ),
    vscode.workspace.onDidChangeTextDocument(({ document }) =>
      applied.unsaved.changed(document.uri.toString(), () => document.getText()),
    ),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => void applied.unsaved.take(uri.toString())),
  ];
}

async function showDiff(path: unknown, from: unknown, to: unknown): Promise<void> {
  if (typeof path !== 'string') {
    void say.info(l10n.t('Fitcheck: choose a changed file in the view Experiments.'));
    return;
  }
  const uri = (hash: unknown): vscode.Uri =>
    vscode.Uri.from({ scheme: SCHEME, path, query: typeof hash === 'string' ? hash : '' });
  await vscode.commands.executeCommand(
    'vscode.diff',
    uri(from),
    uri(to),
    l10n.t('{0}: what changed', basename(path)),
  );
}
