import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { RunSummary } from '../protocol';
import type { EngineService } from './engineService';
import { settings, views } from './ids';
import { newTroubles, noticeOf, type Turn } from './notices';
import type { Panels } from './panels';
import type { Mutes } from './runs/mutes';
import { say } from './say';
import { readSettings } from './settings';

/** Runs that turn bad within this time are told of in one notification (ms). */
const TOGETHER = 1_500;
/** Key in the workspace's memory: what was said, as path and symptom, the newest last. */
const KEY = 'fitcheck.told';
/** So much of it is remembered. */
const MOST = 1_000;

export interface NotifierServices {
  engine: Pick<EngineService, 'onEvent' | 'onRunsChange'>;
  panels: Pick<Panels, 'shows' | 'show'>;
  mutes: Mutes;
  memory: vscode.Memento;
  /** Shows a warning with answers. */
  warn?: typeof say.warning;
}

/**
 * Says when a run that is going on takes a turn for the worse, and only then: once per run and symptom, never for a
 * run whose panel is in sight or that is muted, never on success.
 */
export class Notifier implements vscode.Disposable {
  private readonly waiting = new Map<string, Turn>();
  private readonly store: vscode.Disposable[];
  private readonly listed = new Set<string>();
  private readonly points = new Map<string, number>();
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly services: NotifierServices) {
    const { engine } = services;
    this.store = [
      engine.onEvent((event) => {
        if (event.type !== 'assessed') return;
        const { summary, assessment } = event;
        // The first that the user has not dismissed.
        const lead = assessment.diagnosis.findings.find(({ id }) => id === summary.symptoms[0]?.id);
        this.consider(summary, lead?.message);
      }),
      engine.onRunsChange((runs) => runs.forEach((run) => this.considerListed(run))),
    ];
  }

  dispose(): void {
    if (this.timer) clearTimeout(this.timer);
    for (const item of this.store) item.dispose();
  }

  /** What is bad when it is first seen has not turned bad: it is only remembered. */
  private considerListed(run: RunSummary): void {
    if (run.label === null) return;
    const first = !this.listed.has(run.path);
    this.listed.add(run.path);
    this.consider(run, undefined, first);
  }

  private consider(run: RunSummary, message: string | undefined, silent = false): void {
    const { panels, mutes, memory } = this.services;
    const keyOf = (id: string): string => `${run.path}\n${id}`;
    if (this.isNew(run)) this.forget(keyOf(''));
    const told = memory.get<string[]>(KEY, []);
    const troubles = newTroubles(run, (id) => told.includes(keyOf(id)));
    if (troubles.length === 0) {
      // The sentence may come after the bare verdict of the list.
      const waiting = this.waiting.get(run.path);
      if (waiting && message !== undefined) this.waiting.set(run.path, { run, message });
      return;
    }
    void memory.update(KEY, [...told, ...troubles.map(keyOf)].slice(-MOST));
    if (silent || mutes.has(run.path) || panels.shows(run.id) || readSettings.notify() === 'never') return;
    this.waiting.set(run.path, { run, message });
    this.timer ??= setTimeout(() => void this.tell(), TOGETHER);
  }

  /** A log that was written anew is another run, of which nothing was said. */
  private isNew({ path, points }: RunSummary): boolean {
    const before = this.points.get(path) ?? 0;
    // A line of the list before it was read has no points.
    if (points > 0) this.points.set(path, points);
    return points > 0 && points < before / 2;
  }

  private forget(start: string): void {
    const { memory } = this.services;
    const others = memory.get<string[]>(KEY, []).filter((key) => !key.startsWith(start));
    void memory.update(KEY, others);
  }

  private async tell(): Promise<void> {
    this.timer = null;
    const turns = [...this.waiting.values()];
    this.waiting.clear();
    const { panels, mutes, warn = say.warning } = this.services;
    const paths = turns.map(({ run }) => run.path);
    const one = turns.length === 1;
    const show = l10n.t('Show');
    const mute = one ? l10n.t('Mute This Run') : l10n.t('Mute These Runs');
    const never = l10n.t('Never');
    const answer = await warn(noticeOf(turns), show, mute, never);
    if (answer === show && one) panels.show(paths[0]!);
    else if (answer === show) await vscode.commands.executeCommand(`${views.runs}.focus`);
    else if (answer === mute) await mutes.mute(paths);
    else if (answer === never) {
      const all = vscode.workspace.getConfiguration('fitcheck');
      await all.update(settings.notify, 'never', vscode.ConfigurationTarget.Global);
    }
  }
}
