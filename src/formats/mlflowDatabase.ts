import {
  UNKNOWN,
  type LogFormat,
  type LogParser,
  type PointSink,
  type Recognition,
  type Sample,
} from './format';
import { reportSettings } from './hyperparameters';
import { parseNumber } from './numbers';
import { selectRows, tablesOf, type Table } from './sqlite/database';
import type { SqlValue } from './sqlite/record';
import { openPages, SQLITE_MAGIC, type Pages } from './sqlite/pages';

/** The SQLite database of an MLflow tracking store. It holds many runs; `runs/` reads each as a run of its own. */
export const mlflowDatabase: LogFormat = {
  id: 'mlflow-db',
  title: 'MLflow SQLite store',
  growth: 'rewrite',
  recognise,
  surest: 1,
  createParser: (sink) => new DatabaseParser(sink),
};

/** A run as the store lists it. */
export interface StoredRun {
  readonly id: string;
  /** Start of the run, ms since 1970. */
  readonly started: number;
  /** End of the run, ms since 1970; null while it goes on. */
  readonly ended: number | null;
}

function recognise({ head }: Sample): Recognition {
  const text = Buffer.from(head).toString('latin1');
  if (!text.startsWith(SQLITE_MAGIC)) return { confidence: 0, why: 'not an SQLite database' };
  const tables = ['runs', 'metrics', 'params'].every((name) =>
    new RegExp(`CREATE TABLE ["\`[]?${name}["\`\\]]?\\s*\\([^;]*\\brun_uuid\\b`).test(text),
  );
  return tables
    ? { confidence: 1, why: 'an SQLite database with the tables of MLflow' }
    : { confidence: 0, why: 'an SQLite database without the tables of MLflow' };
}

/** The runs of the store that were not deleted, the newest first. @throws RangeError when the file is damaged */
export function storedRuns(pages: Pages): StoredRun[] {
  const runs: StoredRun[] = [];
  const columns = ['run_uuid', 'start_time', 'end_time', 'lifecycle_stage'];
  selectRows(pages, table(pages, 'runs'), columns, ([id, started, ended, stage]) => {
    if (typeof id !== 'string' || stage === 'deleted') return;
    runs.push({
      id,
      started: Number(started ?? 0),
      ended: ended === null || ended === undefined ? null : Number(ended),
    });
  });
  return runs.sort((a, b) => b.started - a.started);
}

/** MLflow stores infinities as the largest double. */
const LARGEST = 1.797e308;

/** The metrics of one run, read on from where the last reading ended. */
export class StoredMetrics {
  private last = 0;
  /** Per metric, its rows so far while all their steps are 0: the script gave none, and the order counts. */
  private readonly uncounted = new Map<string, number>();

  constructor(private readonly run: string) {}

  /** Reports the rows that are new. @throws RangeError when the file is damaged */
  report(pages: Pages, sink: PointSink): void {
    const columns = ['run_uuid', 'key', 'value', 'timestamp', 'step', 'is_nan'];
    const read = (values: readonly SqlValue[], rowid: number): void => {
      const [run, key, value, time, step, isNan] = values;
      this.last = rowid;
      if (run !== this.run || typeof key !== 'string' || typeof value !== 'number') return;
      sink.at(this.place(key, Number(step ?? 0)), UNKNOWN, Number(time ?? UNKNOWN), UNKNOWN);
      const infinite = Math.abs(value) > LARGEST ? Math.sign(value) * Infinity : value;
      sink.value(key, isNan === 1 ? Number.NaN : infinite);
    };
    selectRows(pages, table(pages, 'metrics'), columns, read, this.last);
  }

  private place(key: string, step: number): number {
    const rows = this.uncounted.get(key) ?? 0;
    if (step !== 0 || Number.isNaN(rows)) {
      this.uncounted.set(key, Number.NaN);
      return step;
    }
    this.uncounted.set(key, rows + 1);
    return rows;
  }
}

/** Reports the name, the parameters and the state of one run. @throws RangeError when the file is damaged */
export function reportFacts(pages: Pages, run: string, sink: Pick<PointSink, 'context' | 'ended'>): void {
  selectRows(pages, table(pages, 'params'), ['run_uuid', 'key', 'value'], ([id, key, value]) => {
    if (id !== run || typeof key !== 'string') return;
    reportSettings(sink, { [key]: parseNumber(String(value)) ?? value });
  });
  selectRows(pages, table(pages, 'runs'), ['run_uuid', 'name', 'status'], ([id, name, status]) => {
    if (id !== run) return;
    if (typeof name === 'string' && name !== '') sink.context('run_name', name);
    if (status === 'FINISHED') sink.ended('finished', 'status: FINISHED', UNKNOWN);
    else if (status === 'FAILED' || status === 'KILLED') sink.ended('crashed', `status: ${status}`, UNKNOWN);
  });
}

function table(pages: Pages, name: string): Table {
  const found = tablesOf(pages).get(name);
  if (!found) throw new RangeError(`there is no table ${name}`);
  return found;
}

/** For a reader that takes the file as one log: its newest run. */
class DatabaseParser implements LogParser {
  private chunks: Buffer[] = [];

  constructor(private readonly sink: PointSink) {}

  get pending(): boolean {
    let reports = false;
    const note = (): void => void (reports = true);
    this.report({ at: note, value: note, skip: note, context: note, ended: note });
    return reports;
  }

  push(chunk: Uint8Array): void {
    this.chunks.push(Buffer.from(chunk));
  }

  end(): void {
    this.report(this.sink);
    this.chunks = [];
  }

  private report(sink: PointSink): void {
    const pages = openPages(Buffer.concat(this.chunks));
    try {
      const run = pages && storedRuns(pages)[0];
      if (!pages || !run) return;
      new StoredMetrics(run.id).report(pages, sink);
      reportFacts(pages, run.id, sink);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      sink.skip(UNKNOWN, `the database is damaged: ${error.message}`);
    }
  }
}
