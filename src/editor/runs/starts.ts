import type { Memento } from 'vscode';
import type { RunSummary } from '../../protocol';
import { contradicts } from '../../runs/beginning';

/** Key in the workspace's memory: of which starts was told, the newest last. */
const KEY = 'fitcheck.starts';
const MOST = 500;

type Run = Pick<RunSummary, 'path' | 'state' | 'beginning'>;

interface Told {
  readonly path: string;
  /** Path of the output of the program that wrote it; null for an output, and where that was not seen. */
  readonly output: string | null;
}

/**
 * Tells of each training once that it has begun, also over reloads, after which the panels that were open come back one by one. What a
 * program prints and a log that it writes are one training; the next one in the same log is another.
 */
export class Starts {
  private readonly beginnings = new Map<string, NonNullable<Run['beginning']>>();

  constructor(
    private readonly memory: Pick<Memento, 'get' | 'update'>,
    /** Path of the output of the program that wrote a log; null where that was not seen. */
    private readonly outputOf: (log: string) => string | null,
  ) {}

  /** The runs that have begun since this was last asked: of a program that is heard of with its log, the log. */
  next<R extends Run>(runs: readonly R[]): R[] {
    const before = this.memory.get<readonly Told[]>(KEY, []);
    const anew = new Set(runs.filter((run) => this.isAnew(run)).map(({ path }) => path));
    const told = before
      .filter(({ path }) => !anew.has(path))
      // The program may be seen later than its log.
      .map(({ path, output }) => ({ path, output: output ?? this.outputOf(path) }));
    const begun: R[] = [];
    const outputs = new Set(runs.map(({ path }) => this.outputOf(path)));
    for (const run of runs.toSorted((a, b) => Number(outputs.has(a.path)) - Number(outputs.has(b.path)))) {
      const start = { path: run.path, output: this.outputOf(run.path) };
      if (run.state !== 'running' || told.some((one) => isSame(one, start))) continue;
      told.push(start);
      begun.push(run);
    }
    if (begun.length > 0) void this.memory.update(KEY, told.slice(-MOST));
    return begun;
  }

  /** Whether another training writes the log than before. */
  private isAnew({ path, beginning }: Run): boolean {
    const before = this.beginnings.get(path);
    if (beginning) this.beginnings.set(path, beginning);
    return before !== undefined && beginning !== null && contradicts(before, beginning);
  }
}

function isSame(one: Told, other: Told): boolean {
  if (one.path !== other.path) return one.path === other.output || one.output === other.path;
  return one.output === other.output;
}
