import type { Curve } from './curves';

/** Curves that belong into one chart: the same metric on several splits. */
export interface Group {
  name: string;
  curves: Curve[];
}

/** Charts shown at once; the rest waits behind a button, since each costs a canvas. */
export const SHOWN = 6;

/** One group per metric; losses first, then other qualities, then settings such as the learning rate. */
export function groupCurves(curves: readonly Curve[]): Group[] {
  const groups = new Map<string, Group>();
  for (const curve of curves) {
    if (curve.values.length === 0) continue;
    const { name } = curve.info;
    const group = groups.get(name) ?? { name, curves: [] };
    group.curves.push(curve);
    groups.set(name, group);
  }
  return [...groups.values()].sort((a, b) => worth(b) - worth(a));
}

function worth({ name, curves }: Group): number {
  const points = Math.max(...curves.map(({ values }) => values.length));
  const lonely = points < 2 ? -100 : 0;
  if (name === 'loss') return 50 + lonely;
  if (name === 'accuracy' || name === 'perplexity') return 40 + lonely;
  const splits = curves.length > 1 ? 5 : 0;
  const { direction } = curves[0]!.info;
  if (direction !== 'none') return 20 + splits + lonely;
  return (name === 'learning_rate' || name === 'grad_norm' ? 10 : 0) + lonely;
}

/** More different values than this do not fit into a line. */
const MOST_VALUES = 3;

/**
 * The values of a group whose curves never change, as a learning rate without a schedule; null for one that asks for a chart:
 * since it changes, since it is a result of the training (a loss that stands still is news), or since it has one point.
 */
export function constantValues({ curves }: Group): number[] | null {
  const constant = curves.every(
    ({ info, values, least, most }) =>
      info.direction === 'none' && info.nonFinite === 0 && values.length > 1 && least === most,
  );
  const values = [...new Set(curves.map(({ least }) => least))];
  return constant && values.length <= MOST_VALUES ? values : null;
}
