import type { Curve } from './curves';
import type { XAxis } from './viewState';
import { clock } from './clock';
import { position } from './words';

/** The x values of a curve on an axis; NaN where it has none there. */
export function xOf(curve: Curve, axis: XAxis): readonly number[] {
  return axis === 'epoch' && curve.info.axis !== 'epoch'
    ? curve.epochs
    : axis === 'time'
      ? curve.elapsed
      : curve.steps;
}

/** How far a curve is moved to the left, so that its run begins at 0 beside others. */
export function shiftOf(curve: Curve, axis: XAxis, aligned: boolean): number {
  const first = aligned ? curve.run.first[axis] : 0;
  return Number.isFinite(first) ? first : 0;
}

/** From the first to the last place on an axis; on a log scale from the first above 0. */
export function extentOf(
  curves: readonly Curve[],
  axis: XAxis,
  { log = false, aligned = false }: { log?: boolean; aligned?: boolean } = {},
): { min: number; max: number } {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const curve of curves) {
    const shift = shiftOf(curve, axis, aligned);
    for (const place of xOf(curve, axis)) {
      const x = place - shift;
      if (x < min && !(log && x <= 0)) min = x;
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
  if (axis === 'time') return 'time since the start';
  if (axis === 'epoch' || curves.every(({ info }) => info.axis === 'epoch')) return 'epoch';
  return curves.every(({ info }) => info.axis === 'index') ? 'point' : 'step';
}

/** Where a point of a curve stands on the axes that are not shown, in words. */
export function placesBeside(curve: Curve, at: number, axis: XAxis): string[] {
  const [step, epoch, time] = [curve.steps[at]!, curve.epochs[at]!, curve.times[at]!];
  const counts = curve.info.axis;
  return [
    axis !== 'step' && counts === 'step' ? `step ${position(step)}` : '',
    axis !== 'epoch' && counts !== 'epoch' && Number.isFinite(epoch) ? `epoch ${position(epoch)}` : '',
    axis !== 'time' && Number.isFinite(time) ? clock(curve.elapsed[at]!, true) : '',
    Number.isFinite(time) ? new Date(time).toLocaleTimeString() : '',
  ].filter(Boolean);
}
