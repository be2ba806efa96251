import type { AddedPoints, Points, RunSnapshot, SeriesInfo } from '../src/protocol';
import type { XAxis } from './viewState';

/** A curve as the page holds it: growable plain arrays, one per column. */
export interface Curve {
  info: SeriesInfo;
  steps: number[];
  values: number[];
  epochs: number[];
  times: number[];
  lines: number[];
}

/** All curves of the run on the page; forgets nothing and knows nothing of how they are drawn. */
export class Curves {
  readonly all: Curve[];

  constructor(snapshot: RunSnapshot) {
    this.all = snapshot.series.map(({ points, ...info }) => {
      const curve = { info, steps: [], values: [], epochs: [], times: [], lines: [] };
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

function extend(curve: Omit<Curve, 'info'>, { steps, values, epochs, times, lines }: Points): void {
  for (let i = 0; i < values.length; i++) {
    curve.steps.push(steps[i]!);
    curve.values.push(values[i]!);
    curve.epochs.push(epochs[i]!);
    curve.times.push(times[i]!);
    curve.lines.push(lines[i]!);
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

/** The axes that every given curve can be drawn on. */
export function possibleAxes(curves: readonly Curve[]): XAxis[] {
  const has = (axis: XAxis): boolean =>
    curves.some(({ values }) => values.length > 0) &&
    curves.every((curve) => xOf(curve, axis).some(Number.isFinite));
  return (['step', 'epoch', 'time'] as const).filter((axis) => axis === 'step' || has(axis));
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
  return info.split ?? (info.key === info.name ? 'value' : info.key);
}
