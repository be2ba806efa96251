import { setTimeout as delay } from 'node:timers/promises';
import { hfTrainerState } from '../formats/hfTrainerState';
import type { Recognition } from '../formats/format';
import type { Read } from '../protocol';
import { Facts } from './facts';
import type { HumanError } from './humanError';
import type { RunPart } from './part';
import { openPart, pollParts } from './parts';
import type { Run } from './run';
import { RunBuilder } from './runBuilder';
import { rotatedBefore } from './rotated';
import type { RunFile, RunSource } from './source';
import { silenceOf, statusOf, type FileTimes } from './status';

/** A file caught while it is being rewritten looks almost empty; it gets this long to be whole again (ms). */
const REWRITE_PAUSE = 200;

/** What a poll changed. `reset`: points given out before no longer hold. */
export type RunChange = 'unchanged' | 'appended' | 'reset';

/** Reads one run from its files and keeps it up to date. Not re-entrant: one poll at a time. */
export class RunReader {
  private builder: RunBuilder;
  private readonly files: RunPart[];
  private readonly facts: Facts[];
  /** What a file of facts says was read, and the run was not told of it yet. */
  private untold = false;
  /** The run is read from its stand-ins, since its other files have no points. */
  private standingIn = false;
  private generationCount = 0;
  private mustStartOver = false;
  private polls = 0;
  private grew = false;

  constructor(readonly source: RunSource) {
    this.files = source.files.map(openPart);
    this.facts = (source.facts ?? []).map((file) => new Facts(file));
    this.builder = new RunBuilder(source.path);
  }

  get run(): Run {
    return this.builder;
  }

  /** Grows by one at each reset: points of different generations don't belong together. */
  get generation(): number {
    return this.generationCount;
  }

  /** How far its files are read. */
  get progress(): Read {
    const each = this.files.flatMap(({ progress }) => progress ?? []);
    const sum = (of: (one: Read) => number): number => each.reduce((all, one) => all + of(one), 0);
    return { done: sum(({ done }) => done), size: sum(({ size }) => size) };
  }

  /** Nobody wants the run any more: a poll that is under way ends soon, and must not be used. */
  stop(): void {
    for (const file of this.files) file.stop?.();
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
    if (this.polls === 0) await this.findRotated();
    // Before the points: whoever says that a run is over has written its last lines, and they are read with that.
    await this.refreshFacts();
    let change: RunChange = this.mustStartOver ? 'reset' : await this.pollInto(this.builder);
    if (change === 'reset') {
      // Stays set while the new content can't be read yet: nothing of it may be added to the old run's points.
      this.mustStartOver = true;
      const fresh = await this.readSettled();
      if (fresh === null) return 'unchanged';
      this.builder = fresh;
      this.generationCount++;
      this.mustStartOver = false;
    }
    if (this.tellFacts() && change === 'unchanged') change = 'appended';
    this.builder.settle();
    if (change === 'appended' && this.polls > 0) this.grew = true;
    this.polls++;
    if (this.settleStatus() && change === 'unchanged') change = 'appended';
    return change;
  }

  /** Adds files that the run has begun to write since it was found, such as TensorBoard's `validation/`. @returns whether any is new */
  add(files: readonly RunFile[]): boolean {
    const known = new Set(this.paths);
    const late = files.filter((file) => !known.has(file.path));
    if (late.length > 0) this.dropEarlierStates(files);
    this.files.push(...late.map(openPart));
    return late.length > 0;
  }

  /** The state in the next checkpoint tells all that the one before did: it takes its place. */
  private dropEarlierStates(files: readonly RunFile[]): void {
    const still = new Set(files.map(({ path }) => path));
    const kept = this.files.filter(({ path, format }) => format !== hfTrainerState || still.has(path));
    if (kept.length === this.files.length) return;
    this.files.splice(0, this.files.length, ...kept);
    this.mustStartOver = true;
  }

  /** Paths of the files that are read. */
  get paths(): string[] {
    return this.files.map((file) => file.path);
  }

  /** Reads everything there is, last lines without a line end included. For files that nobody follows. */
  async readAll(): Promise<Run> {
    await this.poll();
    for (const file of this.files) file.finish();
    this.builder.settle();
    this.settleStatus();
    return this.run;
  }

  /** True when the run's state is another than before. */
  private settleStatus(): boolean {
    const { builder } = this;
    const before = { status: builder.status, silent: builder.silence !== null };
    const [times, now] = [this.times(), Date.now()];
    builder.status = statusOf(builder, times, now);
    builder.silence = silenceOf(builder, times, now, this.grew);
    return before.status !== builder.status || before.silent !== (builder.silence !== null);
  }

  private times(): FileTimes {
    const created = this.files.map((file) => file.created).filter((time) => time > 0);
    return { created: created.length > 0 ? Math.min(...created) : 0, modified: this.modified };
  }

  /** The files read anew; null when they changed again meanwhile. */
  private async readSettled(): Promise<RunBuilder | null> {
    const fresh = await this.readAnew();
    if (fresh === null || fresh.points >= this.builder.points) return fresh;
    await delay(REWRITE_PAUSE);
    return this.readAnew();
  }

  private async readAnew(): Promise<RunBuilder | null> {
    const fresh = new RunBuilder(this.source.path);
    await this.findRotated();
    for (const file of this.files) file.restart();
    this.standingIn = false;
    return (await this.pollInto(fresh)) === 'reset' ? null : fresh;
  }

  /** A log that was rotated goes on in the file of its name: what it held before is read first. */
  private async findRotated(): Promise<void> {
    const [file] = this.source.files;
    const live = this.files.find(({ path }) => path === file?.path);
    // A run that is a folder or a database is not rotated.
    if (!file || !live || file.path !== this.source.path || file.row !== undefined) return;
    const older = await rotatedBefore(file.path);
    const found = older.map((path) => openPart({ ...file, path }));
    this.files.splice(0, this.files.length, ...found, live);
  }

  private async pollInto(builder: RunBuilder): Promise<RunChange> {
    const failures: HumanError[] = [];
    const before = builder.points;
    const primary = this.files.filter((file) => !file.standIn);
    const standIns = this.files.filter((file) => file.standIn);
    let change = await pollParts(primary, builder, failures);
    if (this.standingIn && builder.points > before) return 'reset';
    this.standingIn ||= builder.points === 0 && standIns.length > 0;
    if (this.standingIn && change !== 'reset') {
      const more = await pollParts(standIns, builder, failures);
      if (more !== 'unchanged') change = more;
    }
    if (change === 'reset') return change;
    const polled = this.standingIn ? this.files : primary;
    if (failures[0] && failures.length === polled.length) throw failures[0];
    const read = this.standingIn ? standIns : primary;
    const formats = new Set(read.flatMap((file) => (file.format ? [file.format.id] : [])));
    builder.format = formats.size === 1 ? [...formats][0]! : formats.size > 1 ? 'mixed' : 'unknown';
    builder.recognition = leastSure(read);
    return change;
  }

  private async refreshFacts(): Promise<void> {
    for (const facts of this.facts) this.untold = (await facts.refresh()) || this.untold;
  }

  /** The facts are told after the points, because they know best how the run ended. @returns whether any is new */
  private tellFacts(): boolean {
    const { untold } = this;
    this.untold = false;
    for (const facts of this.facts) facts.tell(this.builder.sink());
    return untold;
  }
}

/** How sure the reading of a run is: as sure as that of the file that tells least of itself. */
function leastSure(parts: readonly RunPart[]): Recognition | null {
  return parts.reduce<Recognition | null>((least, { recognition }) => {
    if (!recognition) return least;
    return least === null || recognition.confidence < least.confidence ? recognition : least;
  }, null);
}
