import type { Diagnosis } from '../analysis/diagnosis';
import type { Assessment, FromEngine, RunSnapshot, RunSummary } from '../protocol';
import { HumanError } from '../runs/humanError';
import type { RunSource } from '../runs/source';
import { RunReader } from '../runs/runReader';
import type { Run } from '../runs/run';
import { Cursor, snapshotOf } from './points';
import { summarise } from './summary';
import { watchFiles } from './watch';

/** At most about ten messages a second: more can't be seen, and a fast log would drown the page (ms). */
const MESSAGE_GAP = 100;
/** Pause between two analyses of a run that keeps growing (ms). */
const ANALYSIS_GAP = 250;
/** Most points of a curve in one `append`; a larger step is sent decimated. */
const APPEND_POINTS = 2_000;

export interface SessionServices {
  assess(run: Run): Promise<Assessment>;
  emit(event: FromEngine): void;
  roots(): readonly string[];
}

/** One followed run: reads on when its files change, tells the new points, and analyses again. */
export class Session {
  /** How many panels look at it; the server ends it at zero. */
  followers = 0;
  private readonly reader: RunReader;
  private readonly cursor = new Cursor();
  private assessment: Assessment | null = null;
  private stopWatching: (() => void) | null = null;
  private wanted = false;
  private pumping: Promise<void> | null = null;
  private analysing: Promise<void> | null = null;
  private stale = false;
  private failure = '';
  private stopped = false;

  constructor(
    readonly source: RunSource,
    private readonly services: SessionServices,
  ) {
    this.reader = new RunReader(source);
  }

  get summary(): RunSummary {
    const { reader, source, assessment } = this;
    const modified = reader.modified || source.modified;
    return summarise(source, this.services.roots(), reader.run, modified, assessment?.diagnosis ?? null);
  }

  get diagnosis(): Diagnosis | null {
    return this.assessment?.diagnosis ?? null;
  }

  /**
   * Reads what is there and begins to follow.
   * @throws HumanError when nothing of it can be read
   */
  async start(): Promise<void> {
    await this.reader.poll();
    this.cursor.catchUp(this.reader.run);
    if (this.stopped) return;
    this.stopWatching = watchFiles(
      this.source.files.map((file) => file.path),
      () => this.pump(),
    );
    this.analyse();
  }

  snapshot(maxPoints: number): RunSnapshot {
    this.cursor.catchUp(this.reader.run);
    return snapshotOf(this.reader.run, this.reader.generation, this.summary, this.assessment, maxPoints);
  }

  stop(): void {
    this.stopped = true;
    this.stopWatching?.();
  }

  /** Reads on; calls that come meanwhile are answered by one more round, not queued. */
  private pump(): void {
    this.wanted = true;
    this.pumping ??= this.pumpWhileWanted().finally(() => (this.pumping = null));
  }

  private async pumpWhileWanted(): Promise<void> {
    while (this.wanted && !this.stopped) {
      this.wanted = false;
      const changed = await this.readOn();
      if (changed) await pause(MESSAGE_GAP);
    }
  }

  private async readOn(): Promise<boolean> {
    const { id } = this.reader.run;
    try {
      const change = await this.reader.poll();
      this.failure = '';
      if (change === 'unchanged') return false;
      const series = change === 'reset' ? null : this.cursor.advance(this.reader.run, APPEND_POINTS);
      if (series === null) this.services.emit({ type: 'reset', id });
      else {
        const { generation } = this.reader;
        this.services.emit({ type: 'append', id, generation, summary: this.summary, series });
      }
      this.analyse();
      return true;
    } catch (error) {
      this.report(error);
      return false;
    }
  }

  /** One notice per failure, not one a second. */
  private report(error: unknown): void {
    const message = error instanceof HumanError ? error.message : String(error);
    if (message === this.failure) return;
    this.failure = message;
    this.services.emit({ type: 'failed', id: this.reader.run.id, message });
    if (!(error instanceof HumanError)) {
      const text = error instanceof Error ? (error.stack ?? message) : message;
      this.services.emit({ type: 'log', level: 'error', message: text });
    }
  }

  private analyse(): void {
    this.stale = true;
    this.analysing ??= this.analyseWhileStale().finally(() => (this.analysing = null));
  }

  private async analyseWhileStale(): Promise<void> {
    while (this.stale && !this.stopped) {
      this.stale = false;
      try {
        const assessment = await this.services.assess(this.reader.run);
        this.assessment = assessment;
        this.services.emit({ type: 'assessed', id: this.reader.run.id, summary: this.summary, assessment });
      } catch (error) {
        this.report(error);
      }
      await pause(ANALYSIS_GAP);
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
