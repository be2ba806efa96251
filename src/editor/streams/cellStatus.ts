import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { RunSummary } from '../../protocol';
import type { EngineService } from '../engineService';
import { commands } from '../ids';
import { iconOf } from '../runs/rows';
import { headline, labelWord, stateWord } from '../words';
import type { Streams } from './streams';

/** The verdict on a cell's training, in the cell's status bar. */
export class CellStatus implements vscode.NotebookCellStatusBarItemProvider, vscode.Disposable {
  private readonly change = new vscode.EventEmitter<void>();
  readonly onDidChangeCellStatusBarItems = this.change.event;
  /** What was last heard of each stream of a cell. */
  private readonly heard = new Map<string, RunSummary>();
  private readonly store: vscode.Disposable[];

  constructor(
    private readonly streams: Streams,
    engine: EngineService,
  ) {
    const hear = (run: RunSummary): void => {
      if (!this.streams.metaOf(run.path)?.notebook) return;
      const before = this.heard.get(run.path);
      this.heard.set(run.path, run);
      if (before?.label !== run.label || before.state !== run.state || before.since !== run.since)
        this.change.fire();
    };
    this.store = [
      this.change,
      vscode.notebooks.registerNotebookCellStatusBarItemProvider('*', this),
      streams.onDidChange(() => this.change.fire()),
      engine.onRunsChange((runs) => runs.forEach(hear)),
      engine.onEvent((event) => {
        if (event.type === 'assessed' || event.type === 'append') hear(event.summary);
      }),
    ];
  }

  provideCellStatusBarItems({ document }: vscode.NotebookCell): vscode.NotebookCellStatusBarItem[] {
    const cell = document.uri.toString();
    const latest = this.streams.all.find(
      ([, { notebook, confirmed }]) => confirmed && notebook?.cell === cell,
    )?.[0];
    const run = latest === undefined ? undefined : this.heard.get(latest);
    if (!run) return [];
    const item = new vscode.NotebookCellStatusBarItem(
      textOf(run),
      vscode.NotebookCellStatusBarAlignment.Right,
    );
    item.tooltip = l10n.t(
      'Fitcheck: this training is {0} ({1}). Click to show its curves.',
      run.label === null ? l10n.t('being read') : labelWord(run.label),
      stateWord(run.state),
    );
    item.command = { command: commands.showRun, title: l10n.t('Show Run'), arguments: [run] };
    return [item];
  }

  dispose(): void {
    for (const item of this.store) item.dispose();
  }
}

function textOf(run: RunSummary): string {
  return `$(${iconOf(run).icon}) ${headline(run, l10n.t('reading'))}`;
}
