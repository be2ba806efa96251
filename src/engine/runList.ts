import type { Assessment, RunSummary } from '../protocol';
import { discoverRuns, type SeenFiles } from '../runs/discovery';
import type { RunSource } from '../runs/source';
import { runId } from '../runs/runBuilder';
import { RunReader } from '../runs/runReader';
import type { Run } from '../runs/run';
import { summarise } from './summary';

/** The newest runs get a verdict in the list without being opened; older ones when they are. */
const JUDGED = 40;
/** Lines of the Runs view: nobody scrolls through more. */
const MAX_RUNS = 500;

/** The runs below the workspace's folders, with a verdict for the newest: what the Runs view shows. */
export class RunList {
  private sources: RunSource[] = [];
  private readonly judged = new Map<string, { modified: number; summary: RunSummary }>();
  private searching: Promise<void> | null = null;
  private judging: Promise<void> = Promise.resolve();
  private abort = new AbortController();
  private readonly seen: SeenFiles = new Map();

  constructor(
    private readonly roots: readonly string[],
    private readonly assess: (run: Run) => Promise<Assessment>,
    private readonly onChange: (runs: RunSummary[]) => void,
    private readonly warn: (message: string) => void,
  ) {}

  get summaries(): RunSummary[] {
    return this.sources.slice(0, MAX_RUNS).map((source) => {
      const known = this.judged.get(source.path);
      return known ? known.summary : summarise(source, this.roots, null, source.modified, null);
    });
  }

  find(path: string): RunSource | undefined {
    return this.sources.find((source) => source.path === path || runId(source.path) === path);
  }

  /** A followed run knows more than the search did: its line in the list is replaced. */
  update(summary: RunSummary): void {
    const known = this.judged.get(summary.path);
    this.judged.set(summary.path, { modified: summary.modified, summary });
    const shown = this.sources.some((source) => source.path === summary.path);
    const told = known?.summary;
    if (shown && (told?.label !== summary.label || told?.state !== summary.state))
      this.onChange(this.summaries);
  }

  /** Lists a run that was found to be one while it was followed. */
  adopt(source: RunSource): void {
    if (this.sources.some(({ path }) => path === source.path)) return;
    this.sources = [source, ...this.sources];
    this.onChange(this.summaries);
  }

  /** Searches the folders again; a search that is under way is shared. */
  refresh(): Promise<void> {
    this.searching ??= this.search().finally(() => (this.searching = null));
    return this.searching;
  }

  stop(): void {
    this.abort.abort();
  }

  private async search(): Promise<void> {
    const { signal } = this.abort;
    const found: RunSource[] = [];
    for (const root of this.roots) {
      try {
        found.push(...(await discoverRuns(root, { signal, seen: this.seen })));
      } catch (error) {
        if (signal.aborted) return;
        this.warn(String(error instanceof Error ? error.message : error));
      }
    }
    this.sources = found.sort((a, b) => b.modified - a.modified);
    this.onChange(this.summaries);
    // One after another: two searches in a row must not read the same logs twice at once.
    this.judging = this.judging.then(() => this.judgeNewest());
  }

  private async judgeNewest(): Promise<void> {
    for (const source of this.sources.slice(0, JUDGED)) {
      if (this.abort.signal.aborted) return;
      if (this.judged.get(source.path)?.modified === source.modified) continue;
      try {
        const reader = new RunReader(source);
        const run = await reader.readAll();
        const { diagnosis } = await this.assess(run);
        const summary = summarise(source, this.roots, run, source.modified, diagnosis);
        this.judged.set(source.path, { modified: source.modified, summary });
        this.onChange(this.summaries);
      } catch (error) {
        this.warn(String(error instanceof Error ? error.message : error));
      }
    }
  }
}
