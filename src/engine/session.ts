import type { Diagnosis } from '../analysis/diagnosis';
import type {
  Assessment,
  FromEngine,
  RunSnapshot,
  RunSummary,
  CurveDetail,
  CurvePart,
  Read,
} from '../protocol';
import { HumanError, NotALogError } from '../runs/humanError';
import { LateFiles } from '../runs/lateFiles';
import type { RunSource } from '../runs/source';
import { RunReader } from '../runs/runReader';
import type { Run } from '../runs/run';
import type { NamedRun } from './csv';
import { isTraining } from '../runs/streamRuns';
import { lastLines } from './lastLines';
import { Cursor, detailOf, snapshotOf } from './points';
import { progressOf, type Seen } from './progress';
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
  /** Id of the format that it was asked to be read as; null where it is recognised. */
  format: string | null = null;
  private readonly reader: RunReader;
  private readonly cursor = new Cursor();
  private assessment: Assessment | null = null;
  private stopWatching: (() => void) | null = null;
  private wanted = false;
  private starting: Promise<void> | null = null;
  private pumping: Promise<void> | null = null;
  private analysing: Promise<void> | null = null;
  private stale = false;
  private failure = '';
  /** The last reading failed. */
  private unreadable = false;
  private seen: Seen | null = null;
  private stopped = false;
  private readonly late: LateFiles;
  private reading: Promise<unknown> = Promise.resolve();

  constructor(
    readonly source: RunSource,
    private readonly services: SessionServices,
  ) {
    this.reader = new RunReader(source);
    this.late = new LateFiles(this.reader);
  }

  get summary(): RunSummary {
    const { reader, source, assessment } = this;
    const modified = reader.modified || source.modified;
    return summarise(
      source,
      this.services.roots(),
      reader.run,
      modified,
      assessment?.diagnosis ?? null,
      this.seen,
    );
  }

  /** Whether it is read from a stream, and if so, whether metrics were found in it. */
  get stream(): 'none' | 'unconfirmed' | 'training' {
    const { source, reader } = this;
    if (!source.facts?.some(({ kind }) => kind === 'stream')) return 'none';
    return isTraining(curvesOf(reader.run)) ? 'training' : 'unconfirmed';
  }

  /** How far its files are read (bytes). */
  get progress(): Read {
    return this.reader.progress;
  }

  get diagnosis(): Diagnosis | null {
    return this.assessment?.diagnosis ?? null;
  }

  /**
   * Reads what is there and begins to follow, once, whoever asks. A file that is no log (yet) is followed too: trainings often open their
   * log before they have something to say; `problem` of the snapshot tells why nothing is shown.
   * @throws HumanError when it can't be read at all
   */
  start(): Promise<void> {
    return (this.starting ??= this.begin());
  }

  private async begin(): Promise<void> {
    try {
      // Who asks meanwhile waits for it.
      const poll = this.reader.poll();
      this.reading = poll.catch(() => undefined);
      await poll;
    } catch (error) {
      if (!(error instanceof NotALogError)) throw error;
      this.failure = error.message;
      this.unreadable = true;
    }
    this.cursor.catchUp(this.reader.run);
    if (this.stopped) return;
    this.watch();
    this.analyse();
  }

  /** The run as a whole. Waits for a reading that is under way: its points go out as an addition, not twice. */
  async snapshot(maxPoints: number): Promise<RunSnapshot> {
    await this.reading;
    const { run, generation } = this.reader;
    return snapshotOf(run, generation, this.summary, this.assessment, this.failure || null, maxPoints);
  }

  /** A part of some curves, looked at closely. */
  async detail(part: CurvePart): Promise<CurveDetail> {
    await this.reading;
    return detailOf(this.reader.run, this.reader.generation, part);
  }

  /** The run with all its points, as far as they were read. */
  async whole(): Promise<NamedRun> {
    await this.reading;
    return { title: this.summary.title, run: this.reader.run };
  }

  /** Nobody follows it any more: a reading that is under way ends, too. */
  stop(): void {
    this.stopped = true;
    this.reader.stop();
    this.stopWatching?.();
  }

  private watch(): void {
    if (this.stopped) return;
    this.stopWatching?.();
    this.stopWatching = watchFiles(this.reader.paths, () => this.pump());
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
      if (await this.late.look()) this.watch();
      const poll = this.reader.poll();
      this.reading = poll.catch(() => undefined);
      const change = await poll;
      if (this.stopped) return false;
      // What could not be read is there again, perhaps as it was: whoever shows the failure has to hear of it.
      const isBack = this.unreadable;
      this.unreadable = false;
      this.failure = '';
      if (change === 'unchanged' && !isBack) return false;
      const anew = change === 'reset' || isBack;
      const series = anew ? null : this.cursor.advance(this.reader.run, APPEND_POINTS);
      if (series === null) {
        this.cursor.catchUp(this.reader.run);
        this.services.emit({ type: 'reset', id });
      } else {
        const { generation, run, modified } = this.reader;
        const done = progressOf(run, modified, null)?.done;
        if (done !== undefined) this.seen ??= { at: modified, done };
        this.services.emit({ type: 'append', id, generation, summary: this.summary, series });
      }
      this.analyse();
      return true;
    } catch (error) {
      this.unreadable = true;
      this.report(error);
      return false;
    }
  }

  /** One notice per failure, not one a second. */
  private report(error: unknown): void {
    const message = error instanceof HumanError ? error.message : String(error);
    if (this.stopped || message === this.failure) return;
    this.failure = message;
    this.services.emit({ type: 'failed', id: this.reader.run.id, message });
    if (!(error instanceof HumanError)) {
      const text = error instanceof Error ? (error.stack ?? message) : message;
      this.services.emit({ type: 'log', level: 'error', message: text });
    }
  }

  /** Of a run that crashed or stalls, what its log says last. */
  private async withLastLines(assessment: Assessment): Promise<Assessment> {
    const ended = assessment.diagnosis.incidents.some(({ id }) => id === 'crashed' || id === 'stalled');
    if (!ended) return assessment;
    for (const path of this.reader.paths.toReversed()) {
      const lines = await lastLines(path);
      if (lines.length > 0) return { ...assessment, lastLines: lines };
    }
    return assessment;
  }

  private analyse(): void {
    this.stale = true;
    this.analysing ??= this.analyseWhileStale().finally(() => (this.analysing = null));
  }

  private async analyseWhileStale(): Promise<void> {
    while (this.stale && !this.stopped) {
      this.stale = false;
      try {
        const assessment = await this.withLastLines(await this.services.assess(this.reader.run));
        // Nobody follows it any more, or it is read as another format: then this is no news of it.
        if (this.stopped) return;
        this.assessment = assessment;
        this.services.emit({ type: 'assessed', id: this.reader.run.id, summary: this.summary, assessment });
      } catch (error) {
        this.report(error);
      }
      await pause(ANALYSIS_GAP);
    }
  }
}

function curvesOf({ series }: Run): { direction: string; points: number }[] {
  return series.map(({ direction, length }) => ({ direction, points: length }));
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
