import type { Axis } from '../runs/series';
import type { Ordering } from './segments';

/** No job prints one metric from more ranks than this: more points at one x are points that lack an x. */
const MAX_RANKS = 64;

/**
 * Tells several ranks at one step (left as they are, to be averaged) from points that are told apart by nothing but
 * their order: many lines within an epoch, or an epoch that was rounded to two decimals. The latter are spread
 * evenly up to the next x.
 */
export function spreadRepeats(ordering: Ordering, axis: Axis): Ordering {
  const { x } = ordering;
  let distinct = x.length > 0 ? 1 : 0;
  for (let i = 1; i < x.length; i++) if (x[i] !== x[i - 1]) distinct++;
  const limit = axis === 'step' ? x.length / MAX_RANKS : 0.9 * x.length;
  if (x.length < 2 || (distinct > limit && distinct > 1)) return ordering;
  const spread = x.slice();
  for (let from = 0; from < x.length;) {
    let to = from + 1;
    while (to < x.length && x[to] === x[from]) to++;
    const next = to < x.length ? x[to]! : x[from]! + 1;
    for (let i = from; i < to; i++) spread[i] = x[from]! + ((next - x[from]!) * (i - from)) / (to - from);
    from = to;
  }
  return { ...ordering, x: spread };
}
