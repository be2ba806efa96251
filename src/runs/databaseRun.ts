import * as l10n from '@vscode/l10n';
import { join } from 'node:path';
import type { PointSink, Split } from '../formats/format';
import { mlflowDatabase } from '../formats/mlflowDatabase';
import { reportFacts, StoredMetrics, storedRuns } from '../formats/mlflowStore';
import { openDatabase, stateOf } from './databaseFile';
import { HumanError } from './humanError';
import type { RunPart } from './part';
import type { RunSource } from './source';

/** Runs that are listed of one database: nobody scrolls through more. */
const MOST_RUNS = 500;

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
        l10n.t('{0}: the database is damaged or half written ({1})', this.path, error.message),
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
