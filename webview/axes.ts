import * as l10n from '@vscode/l10n';
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
 * The axis that compares the curves rightly without being asked: steps, unless of one metric some count steps and others
 * epochs, and all know their epoch.
 */
export function naturalAxis(curves: readonly Curve[]): XAxis {
  const counted = new Map(curves.map(({ info }) => [info.name, info.axis]));
  const mixed = curves.some(({ info }) => counted.get(info.name) !== info.axis);
  return mixed && possibleAxes(curves).includes('epoch') ? 'epoch' : 'step';
}

/** What the x axis is called. */
export function axisTitle(curves: readonly Curve[], axis: XAxis): string {
  const titles: Readonly<Record<Counted, string>> = {
    time: l10n.t('time since the start'),
    epoch: l10n.t('epoch'),
    point: l10n.t('point'),
    step: l10n.t('step'),
  };
  return titles[countedBy(curves, axis)];
}

/** A place on the x axis with what it counts: "epoch 12", "time since the start 0:05:12". */
export function placeOnAxis(curves: readonly Curve[], axis: XAxis, x: number): string {
  switch (countedBy(curves, axis)) {
    case 'time':
      return l10n.t('time since the start {0}', xText(x, axis));
    case 'epoch':
      return l10n.t('epoch {0}', xText(x, axis));
    case 'point':
      return l10n.t('point {0}', xText(x, axis));
    case 'step':
      return l10n.t('step {0}', xText(x, axis));
  }
}

type Counted = XAxis | 'point';

function countedBy(curves: readonly Curve[], axis: XAxis): Counted {
  if (axis === 'time') return axis;
  if (axis === 'epoch' || curves.every(({ info }) => info.axis === 'epoch')) return 'epoch';
  return curves.every(({ info }) => info.axis === 'index') ? 'point' : 'step';
}

/** A value of the x axis in words. */
export function xText(x: number, axis: XAxis): string {
  return axis === 'time' ? clock(x, true) : position(x);
}

/** Where a point of a curve stands on the axes that are not shown, in words. */
export function placesBeside(curve: Curve, at: number, axis: XAxis): string[] {
  const [step, epoch, time] = [curve.steps[at]!, curve.epochs[at]!, curve.times[at]!];
  const counts = curve.info.axis;
  return [
    axis !== 'step' && counts === 'step' ? l10n.t('step {0}', position(step)) : '',
    axis !== 'epoch' && counts !== 'epoch' && Number.isFinite(epoch)
      ? l10n.t('epoch {0}', position(epoch))
      : '',
    axis !== 'time' && Number.isFinite(time) ? clock(curve.elapsed[at]!, true) : '',
    Number.isFinite(time) ? new Date(time).toLocaleTimeString() : '',
  ].filter(Boolean);
}
