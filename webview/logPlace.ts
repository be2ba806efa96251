import type { Finding } from '../src/analysis/diagnosis';
import type { Curve } from './curves';

/** A line of a log: of which run, and of which of its files (null: of the run's own path). */
export interface LogPlace {
  id: string;
  line: number;
  file: number | null;
}

/** Where a point of a curve stands in the log; null where it has no line. */
export function logPlaceOf(curve: Curve, index: number): LogPlace | null {
  const line = curve.lines[index];
  if (line === undefined || !Number.isFinite(line)) return null;
  const source = curve.files.findLast(({ at }) => at <= index);
  return { id: curve.run.id, line, file: source?.file ?? null };
}

/**
 * Where a finding begins in the log. It knows its line and its curves: the point of these that stands there tells the file,
 * and where that point was thinned out the one before it.
 */
export function logPlaceOfFinding(curves: readonly Curve[], { onset, series }: Finding): LogPlace | null {
  if (!onset || onset.line === null) return null;
  const { line, step } = onset;
  const own = series.flatMap(
    (index) => curves.find(({ info, run }) => run.main && info.index === index) ?? [],
  );
  for (const curve of own) {
    const at = curve.lines.findIndex((one, i) => one === line && curve.steps[i] === step);
    if (at >= 0) return logPlaceOf(curve, at);
  }
  const [first] = own;
  if (!first) return null;
  const before = Math.max(
    0,
    first.steps.findLastIndex((one) => one <= step),
  );
  const file = first.files.findLast(({ at }) => at <= before)?.file ?? null;
  return { id: first.run.id, line, file };
}
