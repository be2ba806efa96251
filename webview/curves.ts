import type { AddedPoints, Points, RunSnapshot, SeriesInfo } from '../src/protocol';
import type { XAxis } from './viewState';
import { nameOr } from './words';

/** A curve as the page holds it: growable plain arrays, one per column. */
export interface Curve {
  info: SeriesInfo;
  steps: number[];
  values: number[];
  epochs: number[];
  times: number[];
  lines: number[];
  /** The least finite value; Infinity without any. */
  least: number;
}

/** All curves of the run on the page; forgets nothing and knows nothing of how they are drawn. */
export class Curves {
  readonly all: Curve[];

  constructor(series: RunSnapshot['series']) {
    this.all = series.map(({ points, ...info }) => {
      const curve: Curve = {
        info,
        steps: [],
        values: [],
        epochs: [],
        times: [],
        lines: [],
        least: Number.POSITIVE_INFINITY,
      };
      extend(curve, points);
      return curve;
    });
  }

  append(added: readonly AddedPoints[]): void {
    for (const { index, total, nonFinite, points } of added) {
      const curve = this.all[index];
      if (!curve) continue;
      curve.info = { ...curve.info, total, nonFinite };
      extend(curve, points);
    }
  }
}

function extend(curve: Curve, { steps, values, epochs, times, lines }: Points): void {
  for (let i = 0; i < values.length; i++) {
    curve.steps.push(steps[i]!);
    curve.values.push(values[i]!);
    curve.epochs.push(epochs[i]!);
    curve.times.push(times[i]!);
    curve.lines.push(lines[i]!);
    if (Number.isFinite(values[i])) curve.least = Math.min(curve.least, values[i]!);
  }
}

/** The x values of a curve on an axis; NaN where it has none there. */
export function xOf(curve: Curve, axis: XAxis): readonly number[] {
  return axis === 'epoch' && curve.info.axis !== 'epoch'
    ? curve.epochs
    : axis === 'time'
      ? curve.times
      : curve.steps;
}

/** From the first to the last place on an axis. */
export function extentOf(curves: readonly Curve[], axis: XAxis): { min: number; max: number } {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const curve of curves) {
    for (const x of xOf(curve, axis)) {
      if (x < min) min = x;
      if (x > max) max = x;
    }
  }
  return { min, max };
}

/** The axes that every given curve can be drawn on. */
export function possibleAxes(curves: readonly Curve[]): XAxis[] {
  const has = (axis: XAxis): boolean =>
    curves.some(({ values }) => values.length > 0) &&
    curves.every((curve) => xOf(curve, axis).some(Number.isFinite));
  // Where all curves count epochs, that is what their steps are.
  const epochs = curves.some(({ info }) => info.axis !== 'epoch') && has('epoch');
  return [
    ...(['step'] as const),
    ...(epochs ? (['epoch'] as const) : []),
    ...(has('time') ? (['time'] as const) : []),
  ];
}

/**
 * The axis that compares the curves rightly without being asked: steps, unless some count steps and others epochs,
 * and all know their epoch.
 */
export function naturalAxis(curves: readonly Curve[]): XAxis {
  const counted = new Set(curves.map(({ info }) => info.axis));
  return counted.size > 1 && possibleAxes(curves).includes('epoch') ? 'epoch' : 'step';
}

/** What the x axis is called. */
export function axisTitle(curves: readonly Curve[], axis: XAxis): string {
  if (axis === 'time') return 'time';
  if (axis === 'epoch' || curves.every(({ info }) => info.axis === 'epoch')) return 'epoch';
  return curves.every(({ info }) => info.axis === 'index') ? 'point' : 'step';
}

/** How a curve is called beside others of its metric. */
export function curveTitle({ info }: Curve): string {
  return info.split ?? (info.key === info.name ? 'value' : nameOr(info.key));
}

/** Names a curve for "hidden" and for what is kept between redraws: stable over reloads. */
export function curveId({ info }: Curve): string {
  return `${info.split ?? ''}/${info.key}`;
}

/** Whether a log scale can show all of it. */
export function isPositive(curves: readonly Curve[]): boolean {
  return curves.every(({ least }) => least > 0);
}
