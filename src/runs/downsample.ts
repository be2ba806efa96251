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

/** A part of the x axis. */
export interface XRange {
  readonly min: number;
  readonly max: number;
  readonly log?: boolean;
}

/**
 * Which points of a part of a curve to draw when it is looked at closely: of each of `columns` buckets of equal width on
 * the x axis the first, the last, the lowest and the highest (a non-finite one in place of the last, where there is one), so
 * that no spike disappears and lines meet the edges of a column where they did. At most 4 points a column.
 *
 * @param steps x values; may go back where a run was resumed
 * @param values y values, as many; NaN and infinities allowed
 * @param range of x, both ends included; `log` where the columns are equally wide on a log scale (then both above 0)
 * @param columns how many pixels wide the picture is
 * @param ascending `steps` never go back: only those in the range are looked at
 * @returns ascending indexes of points in the range; all that are there when they are at most 4 x `columns`
 */
export function pointsInRange(
  steps: ArrayLike<number>,
  values: ArrayLike<number>,
  range: XRange,
  columns: number,
  ascending = false,
): Uint32Array {
  const { min, max } = range;
  const [from, to] = ascending ? spanOf(steps, min, max) : [0, steps.length];
  const most = columns * 4;
  const kept = new Uint32Array(most);
  let count = 0;
  for (let i = from; i < to && count <= most; i++)
    if (steps[i]! >= min && steps[i]! <= max) {
      if (count < most) kept[count] = i;
      count++;
    }
  if (count <= most) return kept.slice(0, count);
  return extremesOfColumns(steps, values, range, columns, from, to);
}

/** Per column: first, last, lowest, highest, and the first non-finite one; -1 without. */
const [FIRST, LAST, LOW, HIGH, ODD, FIELDS] = [0, 1, 2, 3, 4, 5] as const;

function extremesOfColumns(
  steps: ArrayLike<number>,
  values: ArrayLike<number>,
  { min, max, log = false }: XRange,
  columns: number,
  from: number,
  to: number,
): Uint32Array {
  const found = new Int32Array(columns * FIELDS).fill(-1);
  const [left, right] = log ? [Math.log(min), Math.log(max)] : [min, max];
  const scale = columns / (right - left || 1);
  for (let i = from; i < to; i++) {
    const x = steps[i]!;
    if (!(x >= min && x <= max)) continue;
    const at = Math.min(columns - 1, Math.floor(((log ? Math.log(x) : x) - left) * scale)) * FIELDS;
    if (found[at + FIRST]! < 0) found[at + FIRST] = i;
    found[at + LAST] = i;
    const y = values[i]!;
    if (y - y !== 0) {
      if (found[at + ODD]! < 0) found[at + ODD] = i;
      continue;
    }
    if (found[at + LOW]! < 0 || y < values[found[at + LOW]!]!) found[at + LOW] = i;
    if (found[at + HIGH]! < 0 || y > values[found[at + HIGH]!]!) found[at + HIGH] = i;
  }
  const kept: number[] = [];
  for (let at = 0; at < found.length; at += FIELDS) {
    const last = found[at + ODD]! < 0 ? LAST : ODD;
    for (const field of [FIRST, last, LOW, HIGH]) if (found[at + field]! >= 0) kept.push(found[at + field]!);
  }
  return Uint32Array.from(new Set(kept)).sort();
}

/** The part of an ascending curve that has all its points in a range. */
export function spanOf(steps: ArrayLike<number>, min: number, max: number): [number, number] {
  return [firstAt(steps, (x) => x >= min), firstAt(steps, (x) => x > max)];
}

/** The first index where something holds that, once it does, holds for all that come. */
function firstAt(steps: ArrayLike<number>, holds: (x: number) => boolean): number {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(steps[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
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
