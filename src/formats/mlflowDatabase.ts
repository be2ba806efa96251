import * as l10n from '@vscode/l10n';
import {
  UNKNOWN,
  type LogFormat,
  type LogParser,
  type PointSink,
  type Recognition,
  type Sample,
} from './format';
import { reportFacts, StoredMetrics, storedRuns } from './mlflowStore';
import { openPages, SQLITE_MAGIC } from './sqlite/pages';

/** The SQLite database of an MLflow tracking store. It holds many runs; `runs/` reads each as a run of its own. */
export const mlflowDatabase: LogFormat = {
  id: 'mlflow-db',
  title: 'MLflow SQLite store',
  growth: 'rewrite',
  recognise,
  surest: 1,
  createParser: (sink) => new DatabaseParser(sink),
};

function recognise({ head }: Sample): Recognition {
  const text = Buffer.from(head).toString('latin1');
  if (!text.startsWith(SQLITE_MAGIC)) return { confidence: 0, why: l10n.t('not an SQLite database') };
  const tables = ['runs', 'metrics', 'params'].every((name) =>
    new RegExp(`CREATE TABLE ["\`[]?${name}["\`\\]]?\\s*\\([^;]*\\brun_uuid\\b`).test(text),
  );
  return tables
    ? { confidence: 1, why: l10n.t('an SQLite database with the tables of MLflow') }
    : { confidence: 0, why: l10n.t('an SQLite database without the tables of MLflow') };
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
      sink.skip(UNKNOWN, l10n.t('the database is damaged: {0}', error.message));
    }
  }
}
