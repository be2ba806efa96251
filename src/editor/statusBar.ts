import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { RunSummary } from '../protocol';
import type { EngineService } from './engineService';
import { commands } from './ids';
import { iconOf } from './runs/rows';
import { headline, stateWord, verdictWord } from './words';

/** One item on the left: the newest followed run and its verdict; hidden when nothing is followed. */
export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    'fitcheck.status',
    vscode.StatusBarAlignment.Left,
    0,
  );
  private readonly subscription: vscode.Disposable;
  private followed: RunSummary | null = null;

  constructor(engine: EngineService) {
    this.item.name = 'Fitcheck';
    this.subscription = engine.onEvent((event) => {
      if (event.type === 'assessed' || event.type === 'append') this.show(event.summary);
    });
  }

  /** Nothing is followed any more. */
  hide(): void {
    this.followed = null;
    this.item.hide();
  }

  dispose(): void {
    this.subscription.dispose();
    this.item.dispose();
  }

  private show(run: RunSummary): void {
    if (this.followed && run.id !== this.followed.id && run.modified < this.followed.modified) return;
    this.followed = run;
    const verdict = verdictWord(run, l10n.t('reading'));
    this.item.text = `$(${iconOf(run).icon}) ${headline(run, l10n.t('reading'))}`;
    this.item.tooltip = l10n.t(
      'Fitcheck: {0} is {1} ({2}). Click to show it.',
      run.title,
      verdict,
      stateWord(run.state),
    );
    this.item.command = { command: commands.showRun, title: l10n.t('Show Run'), arguments: [run] };
    // A colour only for what can't wait: a run that is being lost now.
    const lost = run.severity === 'error' && run.label === 'unstable' && run.state === 'running';
    this.item.backgroundColor = lost ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    this.item.show();
  }
}
