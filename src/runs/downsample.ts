/**
 * Which points of a long curve to draw, so that the picture looks the same: in each of `max / 2` buckets of equal
 * point count the lowest and the highest, plus the first and last point and the first non-finite one of a bucket.
 * Spikes survive, which an average or every n-th point would lose.
 *
 * @param values y values, n of them; NaN and infinities allowed
 * @param max about how many points may remain (at most 1.5 x `max` with many non-finite values)
 * @returns ascending indexes into `values`; all of them when n <= max
 */
export function pointsToDraw(values: ArrayLike<number>, max: number): Uint32Array {
  const n = values.length;
  if (n <= max) return Uint32Array.from({ length: n }, (_, i) => i);
  const buckets = Math.max(1, Math.floor(max / 2));
  const kept: number[] = [0];
  const keep = (i: number): void => {
    if (i > kept[kept.length - 1]!) kept.push(i);
  };
  for (let b = 0; b < buckets; b++) {
    const from = Math.floor((b * n) / buckets);
    const to = Math.floor(((b + 1) * n) / buckets);
    extremes(values, from, to).forEach(keep);
  }
  keep(n - 1);
  return Uint32Array.from(kept);
}

/** Ascending indexes of the lowest, the highest and the first non-finite value in [from, to). */
function extremes(values: ArrayLike<number>, from: number, to: number): number[] {
  let low = -1;
  let high = -1;
  let odd = -1;
  for (let i = from; i < to; i++) {
    const y = values[i]!;
    if (!Number.isFinite(y)) {
      if (odd < 0) odd = i;
      continue;
    }
    if (low < 0 || y < values[low]!) low = i;
    if (high < 0 || y > values[high]!) high = i;
  }
  return [low, high, odd].filter((i) => i >= 0).sort((a, b) => a - b);
}
