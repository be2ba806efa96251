import { basename, dirname, relative, sep } from 'node:path';
import type { Diagnosis } from '../analysis/diagnosis';
import { spotName } from '../analysis/wording';
import type { RunSummary } from '../protocol';
import { beginningOf } from '../runs/beginning';
import type { RunSource } from '../runs/source';
import type { Run } from '../runs/run';
import { runId } from '../runs/runBuilder';
import { progressOf, type Seen } from './progress';
import type { Series } from '../runs/series';

/** A run with more logs each layer or tensor: nobody compares the names. */
const MOST_CURVES = 100;

const severities = ['error', 'warning', 'info'] as const;

/** What the Runs view shows of a run; `run` and `diagnosis` are null before it was read and analysed. */
export function summarise(
  source: RunSource,
  roots: readonly string[],
  run: Run | null,
  modified: number,
  diagnosis: Diagnosis | null,
  seen: Seen | null = null,
): RunSummary {
  return {
    id: runId(source.path),
    path: source.path,
    title: source.title ?? titleOf(source.path, roots),
    format: run?.format ?? source.format,
    ...(source.started !== undefined && { started: source.started }),
    state: run?.status ?? 'unknown',
    modified,
    label: diagnosis?.verdict.label ?? null,
    severity: severities.find((level) => diagnosis?.findings.some((f) => f.severity === level)) ?? null,
    symptoms: (diagnosis?.findings ?? []).map(({ id, family, severity }) => ({ id, family, severity })),
    since: sinceOf(diagnosis),
    last: run ? lastValue(run) : null,
    quiet: Math.max(0, Date.now() - modified),
    progress: run ? progressOf(run, modified, seen) : null,
    beginning: run ? beginningOf(run) : null,
    points: run ? run.series.reduce((sum, series) => sum + series.length, 0) : 0,
    ...(run && run.series.length <= MOST_CURVES && { curves: run.series.map(curveName) }),
  };
}

/** Where the finding behind the verdict begins. */
export function sinceOf(diagnosis: Diagnosis | null): string | null {
  const leading = diagnosis?.findings.find(({ family }) => family === diagnosis.verdict.label);
  return leading?.onset ? spotName(leading.onset) : null;
}

/** Path below the folder it was found in; else the file with its folder, which is what tells runs apart. */
function titleOf(path: string, roots: readonly string[]): string {
  const root = roots.find((folder) => path.startsWith(folder.endsWith(sep) ? folder : folder + sep));
  return root !== undefined ? relative(root, path) : `${basename(dirname(path))}${sep}${basename(path)}`;
}

/** Validation loss before training loss before any other quality: what people look at first. */
function lastValue(run: Run): { name: string; value: number } | null {
  const worth = (series: Series): number =>
    (series.name === 'loss' ? 4 : 0) +
    (series.split === 'val' ? 2 : 0) +
    (series.direction === 'none' ? -8 : 1);
  const best = run.series
    .filter((series) => series.length > 0)
    .reduce<Series | null>((a, b) => (a === null || worth(b) > worth(a) ? b : a), null);
  if (best === null) return null;
  return { name: curveName(best), value: best.values.at(-1) };
}

function curveName({ split, name }: Series): string {
  return split === null ? name : `${split} ${name}`;
}
