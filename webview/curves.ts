import type { AddedPoints, Points, RunSnapshot, SeriesInfo } from '../src/protocol';
import { nameOr } from './words';

/** A curve as the page holds it: growable plain arrays, one per column. */
export interface Curve {
  info: SeriesInfo;
  steps: number[];
  values: number[];
  epochs: number[];
  times: number[];
  lines: number[];
  /** ms since the run began: its first wall time. */
  elapsed: number[];
  /** The least finite value; Infinity without any. */
  least: number;
  /** The greatest finite value; -Infinity without any. */
  most: number;
  /** Where its run begins; one object for all curves of a run. */
  readonly origin: Readonly<Origin>;
}

/** Where a run begins on each axis; NaN where it has no place there. `time` in ms since 1970. */
export interface Origin {
  step: number;
  epoch: number;
  time: number;
}

/** All curves of the run on the page; forgets nothing and knows nothing of how they are drawn. */
export class Curves {
  readonly all: Curve[];
  readonly origin: Origin;

  constructor(series: RunSnapshot['series']) {
    const first = (column: (points: Points) => Float64Array): number =>
      least(series.map(({ points }) => least(column(points))));
    const origin = {
      step: first(({ steps }) => steps),
      epoch: first(({ epochs }) => epochs),
      time: first(({ times }) => times),
    };
    this.origin = origin;
    this.all = series.map(({ points, ...info }) => {
      const curve = empty(info, origin);
      extend(curve, points);
      return curve;
    });
  }

  append(added: readonly AddedPoints[]): void {
    for (const { index, total, nonFinite, points } of added) {
      const curve = this.all[index];
      if (!curve) continue;
      curve.info = { ...curve.info, total, nonFinite };
      // A log that begins with times only now: the run is as old as its first.
      if (Number.isNaN(this.origin.time)) this.origin.time = least(points.times);
      extend(curve, points);
    }
  }
}

function empty(info: SeriesInfo, origin: Origin): Curve {
  const columns = { steps: [], values: [], epochs: [], times: [], lines: [], elapsed: [] };
  return { info, origin, ...columns, least: Number.POSITIVE_INFINITY, most: Number.NEGATIVE_INFINITY };
}

function extend(curve: Curve, { steps, values, epochs, times, lines }: Points): void {
  for (let i = 0; i < values.length; i++) {
    curve.steps.push(steps[i]!);
    curve.values.push(values[i]!);
    curve.epochs.push(epochs[i]!);
    curve.times.push(times[i]!);
    curve.lines.push(lines[i]!);
    curve.elapsed.push(times[i]! - curve.origin.time);
    if (!Number.isFinite(values[i])) continue;
    curve.least = Math.min(curve.least, values[i]!);
    curve.most = Math.max(curve.most, values[i]!);
  }
}

/** The least finite number; NaN without any. */
function least(values: ArrayLike<number>): number {
  let found = Number.NaN;
  for (let i = 0; i < values.length; i++)
    if (Number.isFinite(values[i]) && !(values[i]! >= found)) found = values[i]!;
  return found;
}

/** How a curve is called beside others of its metric. */
export function curveTitle({ info }: Curve): string {
  return info.split ?? (info.key === info.name ? 'value' : nameOr(info.key));
}

/** Names a curve for "hidden" and for what is kept between redraws: stable over reloads. */
export function curveId({ info }: Curve): string {
  return `${info.split ?? ''}/${info.key}`;
}

/** Whether a log scale can show anything of it. */
export function anyPositive(curves: readonly Curve[]): boolean {
  return curves.some(({ most }) => most > 0);
}
