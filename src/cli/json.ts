import type { BackendInfo, Spot } from '../analysis/diagnosis';
import type { Assessment } from '../protocol';
import { remedyAddress } from '../remedies/pages';
import type { Run } from '../runs/run';
import type { Series } from '../runs/series';

/** One path that could not be read. */
export interface PathError {
  path: string;
  reason: string;
}

/** The document of `diagnose --json`, version 1. Other programs read it: changes need a new version. */
export function diagnosisDocument(
  backend: BackendInfo | null,
  runs: readonly { run: Run; assessment: Assessment }[],
  errors: readonly PathError[],
): object {
  return {
    version: 1,
    backend,
    runs: runs.map(({ run, assessment }) => runDocument(run, assessment)),
    errors,
  };
}

function runDocument(run: Run, { diagnosis, remedies }: Assessment): object {
  return {
    id: run.id,
    path: run.path,
    format: run.format,
    recognition: run.recognition ?? null,
    status: run.status,
    series: run.series.filter((series) => series.length > 0).map(seriesDocument),
    verdict: diagnosis.verdict,
    findings: diagnosis.findings.map(({ id, family, severity, onset, best, evidence, message }) => ({
      id,
      family,
      severity,
      onset: onset && { ...spotDocument(onset), line: onset.line },
      ...(best ? { best: spotDocument(best) } : {}),
      evidence,
      message,
    })),
    incidents: diagnosis.incidents,
    stopping: diagnosis.stopping && {
      ...diagnosis.stopping,
      best: spotDocument(diagnosis.stopping.best),
    },
    remedies: remedies.map(({ technique, rank, why, section, fixes }) => ({
      technique,
      rank,
      why,
      section,
      fixes,
      page: remedyAddress(technique),
    })),
    skipped: run.skipped,
  };
}

function spotDocument({ step, epoch }: Spot): object {
  return { step, epoch };
}

function seriesDocument(series: Series): object {
  const { name, key, split, unit, length, nonFinite, values, steps } = series;
  const [min, max] = range(values.view());
  return {
    name,
    key,
    split,
    unit,
    points: length,
    nonFinite,
    first: values.at(0),
    last: values.at(-1),
    min,
    max,
    firstStep: steps.at(0),
    lastStep: steps.at(-1),
  };
}

/** Lowest and highest finite value; NaN when there is none. */
export function range(values: Float64Array): [number, number] {
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min <= max ? [min, max] : [Number.NaN, Number.NaN];
}

/** Strict JSON: numbers that JSON can't hold become the strings "NaN", "Infinity" and "-Infinity". */
export function strictJson(value: unknown): string {
  return JSON.stringify(
    value,
    (_key, item: unknown) => (typeof item === 'number' && !Number.isFinite(item) ? String(item) : item),
    2,
  );
}
