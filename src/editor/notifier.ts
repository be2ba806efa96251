import type * as vscode from 'vscode';
import type { RunSummary } from '../protocol';
import type { EngineService } from './engineService';
import type { Panels } from './panels';
import { say } from './say';
import { readSettings } from './settings';

/**
 * Says when a run that is going on takes a turn for the worse, and only then: once per run and verdict, never for a
 * run whose panel is in sight, never on success.
 */
export class Notifier implements vscode.Disposable {
  private readonly told = new Set<string>();
  private readonly muted = new Set<string>();
  private readonly subscription: vscode.Disposable;

  constructor(
    engine: EngineService,
    private readonly panels: Panels,
  ) {
    this.subscription = engine.onEvent((event) => {
      if (event.type !== 'assessed') return;
      const { summary, assessment } = event;
      // The first that the user has not dismissed.
      const lead = assessment.diagnosis.findings.find(({ id }) => id === summary.symptoms[0]?.id);
      void this.consider(summary, lead?.message);
    });
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private async consider(run: RunSummary, message: string | undefined): Promise<void> {
    const key = `${run.id} ${run.label}`;
    const worth = run.severity === 'error' && run.state === 'running' && message !== undefined;
    if (!worth || this.told.has(key) || this.muted.has(run.id)) return;
    if (this.panels.shows(run.id) || readSettings.notify() === 'never') return;
    this.told.add(key);
    const [show, mute] = ['Show', 'Mute This Run'] as const;
    const answer = await say.warning(`${run.title}: ${message}`, show, mute);
    if (answer === show) this.panels.show(run.path);
    if (answer === mute) this.muted.add(run.id);
  }
}
