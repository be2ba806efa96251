import { opendir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { mlflowMetric } from '../formats/mlflowMetric';
import type { Place, Placing } from './places';
import type { FoundLog } from './source';

/** More metrics than this no run has that a person looks at. */
const MOST_METRICS = 2_000;
const MAX_DEPTH = 6;
/** The metrics of a run grow together: a few tell when the run last did. */
const DATED = 8;

/** Whether a folder with `meta.yaml` and `metrics/` is a run of MLflow's file store: its models look the same. */
export function isMlflowRun(path: string): boolean {
  return basename(dirname(path)) !== 'models';
}

/** The metrics of a run: known by where they are, so that none has to be opened. */
export async function mlflowMetrics(run: string): Promise<FoundLog[]> {
  const paths: string[] = [];
  await listInto(paths, join(run, 'metrics'), 0);
  const times = await Promise.all(
    [join(run, 'meta.yaml'), ...paths.slice(0, DATED)].map((path) =>
      stat(path).then(
        (info) => Math.floor(info.mtimeMs),
        () => 0,
      ),
    ),
  );
  const modified = Math.max(...times);
  return paths.map((path) => ({ path, format: mlflowMetric.id, modified, run }));
}

async function listInto(paths: string[], folder: string, depth: number): Promise<void> {
  try {
    for await (const entry of await opendir(folder)) {
      if (paths.length >= MOST_METRICS) return;
      const path = join(folder, entry.name);
      if (entry.isFile()) paths.push(path);
      else if (entry.isDirectory() && depth < MAX_DEPTH) await listInto(paths, path, depth + 1);
    }
  } catch {
    // The run was deleted meanwhile: what else is there is still found.
  }
}

/** Run ids are 32 hex digits where nobody chose them. A metric's own name may begin with `metrics/`. */
const METRIC = /^(.*[\\/][0-9a-f]{32}|.*?)[\\/]metrics[\\/].+$/;

/** The metric files of a run, with its parameters and its state. */
export function mlflowPlaces(): Placing {
  return ({ path, format, run }): Place | null => {
    if (format !== mlflowMetric.id) return null;
    const folder = run ?? METRIC.exec(path)?.[1];
    if (folder === undefined) return { folder: null, split: null, metric: basename(path) };
    const metric = relative(join(folder, 'metrics'), path).replaceAll('\\', '/');
    const facts = [
      { path: join(folder, 'params'), kind: 'mlflow-params' },
      { path: join(folder, 'meta.yaml'), kind: 'mlflow-meta' },
    ] as const;
    return { folder, split: null, metric, facts };
  };
}
