import type { AddedPoints, Points, RunSnapshot, SeriesInfo } from '../src/protocol';
import { xOf } from './axes';
import { besideOthers, type BesideOthers } from './besideOthers';
import type { XAxis } from './viewState';

/** A curve as the page holds it: growable plain arrays, one per column. */
export interface Curve extends BesideOthers {
  info: SeriesInfo;
  steps: number[];
  values: number[];
  epochs: number[];
  times: number[];
  lines: number[];
  /** Which of the run's files its points are from: an entry holds from its point on. */
  files: { at: number; file: number }[];
  /** ms since the run began: its first wall time. */
  elapsed: number[];
  /** The least finite value; Infinity without any. */
  least: number;
  /** The greatest finite value; -Infinity without any. */
  most: number;
  /** Where the two stand first; -1 without any. */
  leastAt: number;
  mostAt: number;
  /** The same with more points where it is looked at closely; null while it is not, or nothing more is known. */
  closer: Curve | null;
  /** Its run; one object for all curves of a run. */
  readonly run: RunOfCurves;
}

/** The run of some curves. */
export interface RunOfCurves {
  readonly path: string;
  readonly id: string;
  /** It is the run of the panel, and no other that it is compared with. */
  readonly main: boolean;
  /** Its first wall time, ms since 1970; NaN without any. */
  began: number;
  /** Its first place on each axis; NaN without any. */
  readonly first: Record<XAxis, number>;
}

/** All curves of the run on the page; forgets nothing and knows nothing of how they are drawn. */
export class Curves {
  readonly all: Curve[];
  readonly run: RunOfCurves;

  constructor(series: RunSnapshot['series'], about: { path?: string; id?: string; main?: boolean } = {}) {
    const { path = '', id = '', main = true } = about;
    const none = { step: Number.NaN, epoch: Number.NaN, time: Number.NaN };
    const began = least(series.map(({ points }) => least(points.times)));
    const run = { path, id, main, began, first: none };
    this.run = run;
    const beside = besideOthers(series);
    this.all = series.map(({ points, ...info }, index) => {
      const curve = newCurve(info, run, beside[index]!);
      extendCurve(curve, points);
      return curve;
    });
    for (const axis of ['step', 'epoch', 'time'] as const)
      run.first[axis] = least(this.all.map((curve) => least(xOf(curve, axis))));
  }

  append(added: readonly AddedPoints[]): void {
    for (const { index, total, nonFinite, points } of added) {
      const curve = this.all[index];
      if (!curve) continue;
      curve.info = { ...curve.info, total, nonFinite };
      // A log that begins with times only now: the run is as old as its first.
      if (Number.isNaN(this.run.began)) this.run.began = least(points.times);
      // A run that was resumed: there is no telling any more which points lie between which.
      if (points.steps[0]! < curve.steps.at(-1)!) curve.closer = null;
      extendCurve(curve, points);
      if (curve.closer) extendCloser(curve.closer, curve.info, points);
    }
  }
}

/** More points for a curve that is looked at closely; those that the detail had already are passed over. */
function extendCloser(closer: Curve, info: SeriesInfo, points: Points): void {
  closer.info = info;
  const last = closer.steps.at(-1) ?? Number.NEGATIVE_INFINITY;
  const from = points.steps.findIndex((step) => step > last);
  if (from < 0) return;
  const part = (column: Float64Array): Float64Array => column.subarray(from);
  const { steps, values, epochs, times, lines, files = [] } = points;
  const file = files.findLast(({ at }) => at <= from)?.file;
  const later = files.filter(({ at }) => at > from).map((one) => ({ ...one, at: one.at - from }));
  extendCurve(closer, {
    steps: part(steps),
    values: part(values),
    epochs: part(epochs),
    times: part(times),
    lines: part(lines),
    files: [...(file === undefined ? [] : [{ at: 0, file }]), ...later],
  });
}

/** A curve without points. */
export function newCurve(
  info: SeriesInfo,
  run: RunOfCurves,
  { metric, title, isSecond, isSetting }: BesideOthers,
): Curve {
  const columns = { steps: [], values: [], epochs: [], times: [], lines: [], elapsed: [], files: [] };
  return {
    info,
    metric,
    title,
    isSecond,
    isSetting,
    run,
    ...columns,
    closer: null,
    least: Number.POSITIVE_INFINITY,
    most: Number.NEGATIVE_INFINITY,
    leastAt: -1,
    mostAt: -1,
  };
}

/** Appends points to a curve. */
export function extendCurve(curve: Curve, { steps, values, epochs, times, lines, files = [] }: Points): void {
  const before = curve.values.length;
  for (const { at, file } of files) curve.files.push({ at: before + at, file });
  for (let i = 0; i < values.length; i++) {
    curve.steps.push(steps[i]!);
    curve.values.push(values[i]!);
    curve.epochs.push(epochs[i]!);
    curve.times.push(times[i]!);
    curve.lines.push(lines[i]!);
    curve.elapsed.push(times[i]! - curve.run.began);
    noteExtremes(curve, values[i]!);
  }
}

/** @param value the last one of the curve */
function noteExtremes(curve: Curve, value: number): void {
  if (!Number.isFinite(value)) return;
  const at = curve.values.length - 1;
  if (value < curve.least) Object.assign(curve, { least: value, leastAt: at });
  if (value > curve.most) Object.assign(curve, { most: value, mostAt: at });
}

/** The least finite number; NaN without any. */
function least(values: ArrayLike<number>): number {
  let found = Number.NaN;
  for (let i = 0; i < values.length; i++)
    if (Number.isFinite(values[i]) && !(values[i]! >= found)) found = values[i]!;
  return found;
}

/** As {@link Curve.title}. */
export function curveTitle({ title }: Curve): string {
  return title;
}

/** Names a curve for "hidden" and for what is kept between redraws: stable over reloads. */
export function curveId({ info }: Curve): string {
  return `${info.split ?? ''}/${info.key}`;
}

/** Whether a log scale can show anything of it. */
export function anyPositive(curves: readonly Curve[]): boolean {
  return curves.some(({ most }) => most > 0);
}
