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
  const sorted = new Float64Array(count);
  for (let i = 0; i < count; i++) sorted[i] = values[start + i]!;
  sorted.sort();
  const at = q * (count - 1);
  const low = Math.floor(at);
  const high = Math.ceil(at);
  return low === high ? sorted[low]! : sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!);
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
