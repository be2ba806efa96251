import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { PointSink, Split } from '../formats/format';
import { mlflowDatabase, reportFacts, StoredMetrics, storedRuns } from '../formats/mlflowDatabase';
import { openPages, type Pages } from '../formats/sqlite/pages';
import { HumanError, readFailure } from './humanError';
import type { RunPart } from './part';
import type { RunSource } from './source';

/** A database is read into memory; of a larger one nothing is read (bytes). */
const LARGEST = 512 * 1024 * 1024;
/** Runs that are listed of one database: nobody scrolls through more. */
const MOST_RUNS = 500;
/** A transaction whose journal is older was left by a program that died; the file is read as it is (ms). */
const ABANDONED = 5_000;
/** How often a database that changes while it is read is read again, and the pause before (ms). */
const TRIES = 5;
const PAUSE = 40;

/** One run of an MLflow database, kept up to date: rows that were reported once are not read again. */
export class DatabaseRun implements RunPart {
  format: typeof mlflowDatabase | null = null;
  modified = 0;
  readonly created = 0;
  readonly split: Split | null = null;
  readonly metric = undefined;
  readonly standIn = false;
  private metrics: StoredMetrics;
  private read = '';
  private inode = 0n;

  constructor(
    readonly path: string,
    private readonly run: string,
  ) {
    this.metrics = new StoredMetrics(run);
  }

  /** As `LogFile.poll`. Other runs of the same database may have grown when it says so. */
  async poll(sink: PointSink): Promise<'unchanged' | 'grown' | 'reset'> {
    const state = await stateOf(this.path);
    if (state.key === this.read) return 'unchanged';
    if (this.inode !== 0n && state.inode !== this.inode) return 'reset';
    const pages = await openDatabase(this.path);
    if (pages === null) return 'unchanged';
    try {
      this.metrics.report(pages, sink);
      reportFacts(pages, this.run, sink);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new HumanError(
        `${this.path}: the database is damaged or half written (${error.message})`,
        this.path,
      );
    }
    this.format = mlflowDatabase;
    this.modified = state.modified;
    this.read = state.key;
    this.inode = state.inode;
    return 'grown';
  }

  finish(): void {
    // A row is reported as soon as it is there.
  }

  restart(): void {
    this.metrics = new StoredMetrics(this.run);
    this.read = '';
    this.inode = 0n;
  }
}

/** What was found in each database, and in which state of it: folders are searched again and again. */
const listed = new Map<string, { key: string; sources: RunSource[] }>();

/** The runs of a database as sources, the newest first; none where it can't be read now. */
export async function databaseRuns(path: string): Promise<RunSource[]> {
  try {
    const { key, modified } = await stateOf(path);
    const known = listed.get(path);
    if (known?.key === key) return known.sources;
    const pages = await openDatabase(path);
    if (pages === null) return known?.sources ?? [];
    const sources = storedRuns(pages)
      .slice(0, MOST_RUNS)
      .map(({ id, ended }) => ({
        path: join(path, id),
        files: [{ path, split: null, row: id }],
        // A run that has ended is not the one that the database changed for.
        modified: ended ?? modified,
        format: mlflowDatabase.id,
      }));
    listed.set(path, { key, sources });
    return sources;
  } catch {
    return [];
  }
}

/** Null while the database is changing. @throws HumanError when it can't be read */
async function openDatabase(path: string): Promise<Pages | null> {
  for (let tries = 0; tries < TRIES; tries++) {
    const before = await stateOf(path);
    if (before.size > LARGEST)
      throw new HumanError(`${path}: the database is too large to read (${before.size} bytes)`, path);
    const journal = await stat(`${path}-journal`).catch(() => null);
    const open = journal !== null && journal.size > 0 && Date.now() - journal.mtimeMs < ABANDONED;
    if (!open) {
      const wal = await readFile(`${path}-wal`).catch(() => undefined);
      const bytes = await readFile(path).catch((error: unknown) => {
        throw readFailure(path, error);
      });
      if ((await stateOf(path)).key === before.key) return openPages(bytes, wal) ?? null;
    }
    await delay(PAUSE);
  }
  return null;
}

interface State {
  /** Changes with the content. */
  key: string;
  inode: bigint;
  size: number;
  modified: number;
}

async function stateOf(path: string): Promise<State> {
  const [main, wal] = await Promise.all([
    stat(path, { bigint: true }).catch((error: unknown) => {
      throw readFailure(path, error);
    }),
    stat(`${path}-wal`, { bigint: true }).catch(() => null),
  ]);
  return {
    key: [main.ino, main.mtimeNs, main.size, wal?.mtimeNs, wal?.size].join(' '),
    inode: main.ino,
    size: Number(main.size),
    modified: Number(wal !== null && wal.mtimeMs > main.mtimeMs ? wal.mtimeMs : main.mtimeMs),
  };
}
