import { stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Entry } from '../../ledger/entry';
import { stepOf, type Step } from '../../ledger/ledger';
import type { RunSnapshot, RunSummary } from '../../protocol';
import type { EngineService } from '../engineService';
import type { RunScripts } from '../scripts/runScripts';
import type { Streams } from '../streams/streams';
import type { AppliedRemedies } from './appliedRemedies';
import { codeOf } from './codeOfRun';
import type { LedgerStore } from './ledgerStore';

/** A log that is older than this when it is first seen was made by something that may have changed since (ms). */
const SOON = 2 * 60_000;
/** How often the verdict of a run that ended is looked for, and the pause between (times, ms). */
const TRIES = 50;
const PAUSE = 100;
/** Only the extremes of curves are of interest. */
const POINTS = 100;

export interface RecorderServices {
  engine: EngineService;
  streams: Streams;
  scripts: RunScripts;
  store: LedgerStore;
  applied: AppliedRemedies;
  output: vscode.LogOutputChannel;
}

/** Remembers at each run's start what made it, and at its end what came of it. One run at a time. */
export class Recorder implements vscode.Disposable {
  private readonly change = new vscode.EventEmitter<void>();
  private readonly measured = new vscode.EventEmitter<Step>();
  private readonly subscription: vscode.Disposable;
  private readonly waiting = new Map<string, RunSummary>();
  private working: Promise<void> | null = null;

  readonly onDidChange = this.change.event;
  /** A run ended that can be compared with one before it. */
  readonly onDidMeasure = this.measured.event;

  constructor(private readonly services: RecorderServices) {
    this.subscription = services.engine.onRunsChange((runs) => {
      for (const run of runs) if (this.isNews(run)) this.waiting.set(run.path, run);
      if (this.waiting.size > 0) this.working ??= this.work().finally(() => (this.working = null));
    });
  }

  /** Resolves when all that was told so far is remembered. */
  async settled(): Promise<void> {
    while (this.working) await this.working;
  }

  dispose(): void {
    this.subscription.dispose();
    this.change.dispose();
    this.measured.dispose();
  }

  private isNews({ path, state, label }: RunSummary): boolean {
    const known = this.services.store.get(path);
    if (!known) return state === 'running' || this.services.streams.metaOf(path) !== undefined;
    return known.state !== state || (state !== 'running' && known.label !== label);
  }

  private async work(): Promise<void> {
    for (let next = this.take(); next; next = this.take()) {
      try {
        await this.record(next);
      } catch (error) {
        this.services.output.warn(`${next.title} is not remembered: ${String(error)}`);
      }
    }
  }

  private take(): RunSummary | undefined {
    const [path, run] = this.waiting.entries().next().value ?? [];
    if (path !== undefined) this.waiting.delete(path);
    return run;
  }

  private async record(run: RunSummary): Promise<void> {
    const { store } = this.services;
    const begun = store.get(run.path) ?? (await this.begin(run));
    if (!begun) return;
    const ended = run.state === 'running' ? begun : await this.end(begun, run);
    await store.put(ended);
    this.change.fire();
    if (run.state === 'running') return;
    const others = store.all.filter((one) => one.script === ended.script && one.start < ended.start);
    const step = stepOf(
      ended,
      others.toSorted((a, b) => b.start - a.start),
    );
    if (begun.state !== ended.state && step.effects.length > 0) this.measured.fire(step);
  }

  /** Null for a run of which nothing says what script made it. */
  private async begin(run: RunSummary): Promise<Entry | null> {
    const { streams, scripts, store, applied } = this.services;
    const script = await scripts.of(run.path);
    if (script?.scheme !== 'file') return null;
    const meta = streams.metaOf(run.path);
    const start = meta?.start ?? (await stat(run.path).catch(() => null))?.birthtimeMs ?? Date.now();
    const isLate = Date.now() - start > SOON;
    const keep = (hash: string, text: string): Promise<void> => store.keep(hash, text);
    return {
      ...{ run: run.path, title: run.title, script: script.fsPath, start, end: null, state: 'running' },
      code: isLate ? null : await codeOf(script.fsPath, meta?.configs ?? [], meta?.arguments ?? [], keep),
      ...{ outcomes: [], label: null, symptoms: [] },
      applied: await applied.take(script.fsPath, start),
    };
  }

  private async end(entry: Entry, run: RunSummary): Promise<Entry> {
    const { summary, outcomes } = await this.judged(run.path);
    return {
      ...entry,
      ...{ title: summary.title, state: summary.state, label: summary.label, outcomes },
      end: this.services.streams.metaOf(run.path)?.end ?? summary.modified,
      symptoms: summary.symptoms.map(({ id }) => id),
    };
  }

  /** The run with its verdict, for which the analyzer may need a moment. */
  private async judged(path: string): Promise<RunSnapshot> {
    const { engine } = this.services;
    const id = await engine.follow(path);
    try {
      for (let tries = 0; ; tries++) {
        const snapshot = await engine.snapshot(id, POINTS);
        if (snapshot.assessment || snapshot.problem !== null || tries >= TRIES) return snapshot;
        await pause(PAUSE);
      }
    } finally {
      await engine.unfollow(id);
    }
  }
}
