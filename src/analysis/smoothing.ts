/** The smoothed curve `x~` that the symptom definitions speak of: median of 3, then an EMA. */

/** Half of one EMA window is at most this share of the curve: wider would blur a turn of 5 % of the run. */
const WINDOW_SHARE = 1 / 20;

/** No curve needs more: at 50 points the noise of a minibatch loss is already a seventh. */
const MAX_WINDOW = 50;

/** EMA window in points for a curve of `count` points: 1 (no EMA) up to 30 points, 50 from 1000 points on. */
export function emaWindow(count: number): number {
  return Math.min(MAX_WINDOW, Math.max(1, Math.round(count * WINDOW_SHARE)));
}

/**
 * Smooths finite values; same length. The first value is kept as it is (the drop after it is real), the last is
 * the median of the last three, so that one bad evaluation at the end of a live run cannot raise an alarm.
 */
export function smooth(values: Float64Array): Float64Array {
  const count = values.length;
  const result = Float64Array.from(values);
  if (count < 3) return result;
  for (let i = 1; i < count - 1; i++) result[i] = medianOf3(values[i - 1]!, values[i]!, values[i + 1]!);
  result[count - 1] = medianOf3(values[count - 3]!, values[count - 2]!, values[count - 1]!);
  const window = emaWindow(count);
  if (window <= 1) return result;
  const alpha = 2 / (window + 1);
  for (let i = 1; i < count; i++) result[i] = result[i - 1]! + alpha * (result[i]! - result[i - 1]!);
  return result;
}

/** Index of the smallest value (the earliest of equals); -1 when empty. */
export function bestIndex(values: Float64Array): number {
  let best = -1;
  for (let i = 0; i < values.length; i++) if (best < 0 || values[i]! < values[best]!) best = i;
  return best;
}

function medianOf3(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
