/** Order statistics that one outlier cannot move. All functions ignore nothing: pass finite values only. */

/** Median of `values[from, to)`; NaN when the range is empty. */
export function median(values: ArrayLike<number>, from = 0, to = values.length): number {
  return quantile(values, 0.5, from, to);
}

/** Linear-interpolated quantile `q` in [0, 1] of `values[from, to)`; NaN when the range is empty. */
export function quantile(values: ArrayLike<number>, q: number, from = 0, to = values.length): number {
  const start = Math.max(0, from);
  const count = Math.min(to, values.length) - start;
  if (count <= 0) return Number.NaN;
  if (scratch.length < count) scratch = new Float64Array(2 * count);
  for (let i = 0; i < count; i++) scratch[i] = values[start + i]!;
  const at = q * (count - 1);
  const low = Math.floor(at);
  const below = select(scratch, count, low);
  if (low === at) return below;
  // What is right of the selected place is no smaller: the next one up is its minimum.
  let above = Number.POSITIVE_INFINITY;
  for (let i = low + 1; i < count; i++) above = Math.min(above, scratch[i]!);
  return below + (at - low) * (above - below);
}

/** Reused from call to call: medians of short windows are taken thousands of times for a verdict. */
let scratch = new Float64Array(1024);

/** Puts the `k`-th smallest of the first `count` values at index `k`, smaller ones before it (Hoare's selection). */
function select(values: Float64Array, count: number, k: number): number {
  let left = 0;
  let right = count - 1;
  while (left < right) {
    // The middle one as pivot: sorted stretches are common in learning curves.
    const pivot = values[(left + right) >> 1]!;
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const swapped = values[i]!;
      values[i++] = values[j]!;
      values[j--] = swapped;
    }
    if (k <= j) right = j;
    else if (k >= i) left = i;
    else break;
  }
  return values[k]!;
}

/** Median of the last `size` values pushed, kept in order so that each step costs one insertion. */
export class RunningMedian {
  private readonly ordered: Float64Array;
  private readonly ring: Float64Array;
  private count = 0;
  private next = 0;

  constructor(private readonly size: number) {
    this.ordered = new Float64Array(size);
    this.ring = new Float64Array(size);
  }

  push(value: number): void {
    if (this.count === this.size) {
      const at = this.indexOf(this.ring[this.next]!);
      this.ordered.copyWithin(at, at + 1, this.count--);
    }
    const at = this.indexOf(value);
    this.ordered.copyWithin(at + 1, at, this.count++);
    this.ordered[at] = value;
    this.ring[this.next] = value;
    this.next = (this.next + 1) % this.size;
  }

  /** NaN before the first value. */
  get value(): number {
    const middle = this.count >> 1;
    if (this.count === 0) return Number.NaN;
    return this.count % 2 === 1
      ? this.ordered[middle]!
      : this.ordered[middle - 1]! + 0.5 * (this.ordered[middle]! - this.ordered[middle - 1]!);
  }

  /** First place whose value is not below `value`. */
  private indexOf(value: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.ordered[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/**
 * Noise of a curve, in the curve's unit: 1.4826 x MAD of the first differences / sqrt(2). The trend cancels in
 * the differences, so a steep but smooth curve has no noise; 0 for fewer than three values.
 */
export function noise(values: ArrayLike<number>, from = 0, to = values.length): number {
  const count = Math.min(to, values.length) - from - 1;
  if (count < 2) return 0;
  const differences = new Float64Array(count);
  for (let i = 0; i < count; i++) differences[i] = values[from + i + 1]! - values[from + i]!;
  const centre = median(differences);
  for (let i = 0; i < count; i++) differences[i] = Math.abs(differences[i]! - centre);
  const s = (1.4826 * median(differences)) / Math.SQRT2;
  return Number.isFinite(s) ? s : 0;
}

/**
 * Least-squares slope per point of `values[from, to)` and its standard error. White noise is assumed, so call
 * it on raw values, not on smoothed ones (smoothing correlates neighbours and the error comes out too small).
 */
export function slope(
  values: ArrayLike<number>,
  from = 0,
  to = values.length,
): { perPoint: number; error: number } {
  const count = Math.min(to, values.length) - from;
  if (count < 3) return { perPoint: 0, error: Number.POSITIVE_INFINITY };
  const meanX = (count - 1) / 2;
  let meanY = 0;
  for (let i = 0; i < count; i++) meanY += values[from + i]! / count;
  let xy = 0;
  let xx = 0;
  for (let i = 0; i < count; i++) {
    xy += (i - meanX) * (values[from + i]! - meanY);
    xx += (i - meanX) ** 2;
  }
  const perPoint = xy / xx;
  let residual = 0;
  for (let i = 0; i < count; i++) {
    residual += (values[from + i]! - meanY - perPoint * (i - meanX)) ** 2;
  }
  return { perPoint, error: Math.sqrt(residual / (count - 2) / xx) };
}
