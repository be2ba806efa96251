import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { RunSummary } from '../protocol';
import type { EngineService } from './engineService';
import { commands } from './ids';
import { iconOf } from './runs/rows';
import { headline, stateWord, verdictWord } from './words';

/** So many runs are remembered as they were last told of: a panel may be opened for one that others look at already. */
const MOST = 50;

/** One item on the left: the run that one looks at, or the newest followed one, and its verdict; hidden when nothing is followed. */
export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem(
    'fitcheck.status',
    vscode.StatusBarAlignment.Left,
    0,
  );
  private readonly subscription: vscode.Disposable;
  private readonly heard = new Map<string, RunSummary>();

  constructor(
    engine: Pick<EngineService, 'onEvent'>,
    /** Whether a run is in a panel or is a stream that goes on: others are only looked at in passing. */
    private readonly isFollowed: (run: RunSummary) => boolean,
    /** Id of the run whose panel one looks at: what is said of another would seem to gainsay it. */
    private readonly lookedAt: () => string | null,
  ) {
    this.item.name = 'Fitcheck';
    this.subscription = engine.onEvent((event) => {
      if (event.type !== 'assessed' && event.type !== 'append') return;
      this.heard.delete(event.id);
      this.heard.set(event.id, event.summary);
      for (const id of [...this.heard.keys()].slice(0, -MOST)) this.heard.delete(id);
      this.update();
    });
  }

  /** Shows the run that one looks at, else the newest of those that are still followed. */
  update(): void {
    const followed = [...this.heard.values()].filter((run) => this.isFollowed(run));
    const [newest] = followed.sort((a, b) => b.modified - a.modified);
    const lookedAt = this.lookedAt();
    const run = followed.find(({ id }) => id === lookedAt) ?? newest;
    if (run) this.show(run);
    else this.item.hide();
  }

  dispose(): void {
    this.subscription.dispose();
    this.item.dispose();
  }

  private show(run: RunSummary): void {
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
