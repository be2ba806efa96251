import { join, sep } from 'node:path';
import type { Assessment, RunSummary } from '../protocol';
import { discoverRuns, type SeenFiles } from '../runs/discovery';
import { readAs, type RunSource } from '../runs/source';
import { runId } from '../runs/runBuilder';
import { RunReader } from '../runs/runReader';
import type { Run } from '../runs/run';
import { summarise } from './summary';

/** The newest runs get a verdict in the list without being opened; older ones when they are. */
const JUDGED = 40;
/** Lines of the Runs view: nobody scrolls through more. */
const MAX_RUNS = 500;
/** Runs that go on are read on this often while nobody follows them, and what is only more of the same is told this often (ms). */
const LOOK = 15_000;

export interface RunListServices {
  assess(run: Run): Promise<Assessment>;
  /** Whether somebody follows a run: then it is not read twice, and {@link RunList.update} says how it stands. */
  isFollowed(path: string): boolean;
  /** Ids of the formats that the user says logs have, by path. */
  readAs: Readonly<Record<string, string>>;
  onChange(runs: RunSummary[]): void;
  warn(message: string): void;
}

/** The runs below the workspace's folders, with a verdict for the newest: what the Runs view shows. */
export class RunList {
  private sources: RunSource[] = [];
  /** Listed since the last search began, which may have missed them. */
  private adopted: RunSource[] = [];
  private readonly judged = new Map<string, { modified: number; summary: RunSummary }>();
  /** Of runs that go on, to read on from where they were. */
  private readonly readers = new Map<string, RunReader>();
  private searching: Promise<void> | null = null;
  private next: Promise<void> | null = null;
  private isFilled = false;
  private judging: Promise<void> = Promise.resolve();
  private abort = new AbortController();
  private readonly seen: SeenFiles = new Map();
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly roots: readonly string[],
    private readonly services: RunListServices,
  ) {}

  get summaries(): RunSummary[] {
    return this.sources.slice(0, MAX_RUNS).map((source) => {
      const known = this.judged.get(source.path);
      return known
        ? known.summary
        : summarise(this.asChosen(source), this.roots, null, source.modified, null);
    });
  }

  find(path: string): RunSource | undefined {
    return this.sources.find((source) => source.path === path || runId(source.path) === path);
  }

  /** A followed run knows more than the search did: its line in the list is replaced. */
  update(summary: RunSummary): void {
    const told = this.judged.get(summary.path)?.summary;
    this.judged.set(summary.path, { modified: summary.modified, summary });
    if (!this.sources.some((source) => source.path === summary.path)) return;
    if (told?.label !== summary.label || told?.state !== summary.state) this.tell();
    else this.lookLater();
  }

  /** Lists a run that was found to be one while it was followed. */
  adopt(source: RunSource): void {
    if (this.sources.some(({ path }) => path === source.path)) return;
    this.sources = [source, ...this.sources];
    this.adopted.push(source);
    this.tell();
  }

  /** Searches the folders again. What came since a search began it may have missed: another one follows it, except the first. */
  refresh(): Promise<void> {
    if (!this.searching) {
      this.searching = this.search().finally(() => (this.searching = null));
      return this.searching;
    }
    if (!this.isFilled) return this.searching;
    this.next ??= this.searching.then(() => {
      this.next = null;
      return this.refresh();
    });
    return this.next;
  }

  /** Reads on what goes on and is followed by nobody, and tells how all runs stand. */
  async look(): Promise<void> {
    for (const source of this.sources.slice(0, JUDGED)) {
      const { path } = source;
      const goesOn = this.judged.get(path)?.summary.state === 'running';
      if (goesOn && !this.services.isFollowed(path)) await this.judge(source);
      else this.readers.delete(path);
    }
    this.tell();
  }

  stop(): void {
    this.abort.abort();
    if (this.timer) clearTimeout(this.timer);
  }

  private async search(): Promise<void> {
    const { signal } = this.abort;
    this.adopted = [];
    const found = new Map<string, RunSource>();
    for (const root of this.roots) {
      try {
        // A folder of the workspace may lie in another one.
        for (const source of await discoverRuns(root, { signal, seen: this.seen }))
          found.set(source.path, source);
      } catch (error) {
        if (signal.aborted) return;
        this.warn(error);
      }
    }
    await this.findChosen(found);
    for (const source of this.adopted) if (!found.has(source.path)) found.set(source.path, source);
    this.isFilled = true;
    this.sources = [...found.values()].sort((a, b) => b.modified - a.modified);
    this.tell();
    // One after another: two searches in a row must not read the same logs twice at once.
    this.judging = this.judging.then(() => this.judgeNewest());
  }

  /** What nobody would recognise is a log where the user says so. */
  private async findChosen(found: Map<string, RunSource>): Promise<void> {
    const below = (path: string): boolean => this.roots.some((root) => path.startsWith(join(root, sep)));
    for (const path of Object.keys(this.services.readAs)) {
      if (found.has(path) || !below(path)) continue;
      const [source] = await discoverRuns(path).catch(() => []);
      if (source?.path === path) found.set(path, source);
    }
  }

  private asChosen(source: RunSource): RunSource {
    const { readAs: formats } = this.services;
    return Object.hasOwn(formats, source.path) ? readAs(source, formats[source.path]!) : source;
  }

  private async judgeNewest(): Promise<void> {
    for (const source of this.sources.slice(0, JUDGED)) {
      const { path, modified } = source;
      const known = this.judged.get(path);
      const isJudged = known?.modified === modified && known.summary.label !== null;
      if (isJudged || (known && this.services.isFollowed(path))) continue;
      // It may have more files than before.
      this.readers.delete(path);
      if (await this.judge(source)) this.tell();
    }
  }

  /** Reads a run, or reads it on. @returns whether there is something new to tell of it */
  private async judge(source: RunSource): Promise<boolean> {
    const { path } = source;
    if (this.abort.signal.aborted) return false;
    const known = this.judged.get(path);
    const kept = this.readers.get(path);
    const reader = kept ?? new RunReader(this.asChosen(source));
    try {
      const change = await reader.poll();
      if (reader.run.status === 'running') this.readers.set(path, reader);
      else await reader.readAll();
      if (kept && change === 'unchanged') return false;
      const { diagnosis } = await this.services.assess(reader.run);
      // Who follows it by now has said more.
      if (this.judged.get(path) !== known) return false;
      const modified = reader.modified || source.modified;
      const summary = summarise(source, this.roots, reader.run, modified, diagnosis);
      this.judged.set(path, { modified: source.modified, summary });
      return true;
    } catch (error) {
      this.judged.delete(path);
      this.readers.delete(path);
      this.warn(error);
      return false;
    }
  }

  private tell(): void {
    if (this.abort.signal.aborted) return;
    const { summaries } = this;
    this.services.onChange(summaries);
    if (summaries.some(({ state }) => state === 'running')) this.lookLater();
  }

  private lookLater(): void {
    if (this.abort.signal.aborted) return;
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.judging = this.judging.then(() => this.look());
    }, LOOK);
  }

  private warn(error: unknown): void {
    this.services.warn(error instanceof Error ? error.message : String(error));
  }
}
