import { setTimeout as delay } from 'node:timers/promises';
import type { RunSource } from './source';
import { HumanError } from './humanError';
import { LogFile } from './logFile';
import type { Run } from './run';
import { RunBuilder } from './runBuilder';
import { statusOf, type FileTimes } from './status';

/** A file caught while it is being rewritten looks almost empty; it gets this long to be whole again (ms). */
const REWRITE_PAUSE = 200;

/** What a poll changed. `reset`: points given out before no longer hold. */
export type RunChange = 'unchanged' | 'appended' | 'reset';

/** Reads one run from its files and keeps it up to date. Not re-entrant: one poll at a time. */
export class RunReader {
  private builder: RunBuilder;
  private files: LogFile[];
  private generationCount = 0;

  constructor(readonly source: RunSource) {
    this.files = source.files.map((file) => new LogFile(file.path, file.split));
    this.builder = new RunBuilder(source.path);
  }

  get run(): Run {
    return this.builder;
  }

  /** Grows by one at each reset: points of different generations don't belong together. */
  get generation(): number {
    return this.generationCount;
  }

  /** Time of the last change to any of the run's files, ms since 1970. */
  get modified(): number {
    return Math.max(0, ...this.files.map((file) => file.modified));
  }

  /**
   * Reads what is new.
   * @throws HumanError when no file of the run can be read or recognised; what was read before stays
   */
  async poll(): Promise<RunChange> {
    let change = await this.pollInto(this.builder);
    if (change === 'reset') {
      const before = this.builder.points;
      let fresh = await this.readAnew();
      if (fresh.points < before) {
        await delay(REWRITE_PAUSE);
        fresh = await this.readAnew();
      }
      this.builder = fresh;
      this.generationCount++;
      change = 'reset';
    }
    this.builder.settle();
    const status = statusOf(this.builder, this.times(), Date.now());
    const changed = status !== this.builder.status;
    this.builder.status = status;
    return change === 'unchanged' && changed ? 'appended' : change;
  }

  /** Reads everything there is, last lines without a line end included. For files that nobody follows. */
  async readAll(): Promise<Run> {
    await this.poll();
    for (const file of this.files) file.finish();
    this.builder.settle();
    this.builder.status = statusOf(this.builder, this.times(), Date.now());
    return this.run;
  }

  private times(): FileTimes {
    const created = this.files.map((file) => file.created).filter((time) => time > 0);
    return { created: created.length > 0 ? Math.min(...created) : 0, modified: this.modified };
  }

  private async readAnew(): Promise<RunBuilder> {
    const fresh = new RunBuilder(this.source.path);
    for (const file of this.files) file.restart();
    // A second reset here means that the file changed again meanwhile; the next poll sees to it.
    await this.pollInto(fresh);
    return fresh;
  }

  private async pollInto(builder: RunBuilder): Promise<RunChange> {
    let change: RunChange = 'unchanged';
    const failures: HumanError[] = [];
    for (const file of this.files) {
      try {
        const kind = await file.poll(builder.sink(file.split));
        if (kind === 'reset') return 'reset';
        if (kind === 'grown') change = 'appended';
      } catch (error) {
        if (!(error instanceof HumanError)) throw error;
        failures.push(error);
      }
    }
    if (failures.length === this.files.length) throw failures[0]!;
    const formats = new Set(this.files.flatMap((file) => (file.format ? [file.format.id] : [])));
    builder.format = formats.size === 1 ? [...formats][0]! : formats.size > 1 ? 'mixed' : 'unknown';
    return change;
  }
}
