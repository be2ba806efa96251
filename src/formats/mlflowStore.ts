import * as l10n from '@vscode/l10n';
import { UNKNOWN, type PointSink } from './format';
import { reportSettings } from './hyperparameters';
import { parseNumber } from './numbers';
import { selectRows, tablesOf, type Table } from './sqlite/database';
import type { Pages } from './sqlite/pages';
import type { SqlValue } from './sqlite/record';

/** A run as the store lists it. */
export interface StoredRun {
  readonly id: string;
  /** Start of the run, ms since 1970. */
  readonly started: number;
  /** End of the run, ms since 1970; null while it goes on. */
  readonly ended: number | null;
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
  if (!found) throw new RangeError(l10n.t('there is no table {0}', name));
  return found;
}
