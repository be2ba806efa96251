/**
 * Single values beyond everything else in a curve: an overflow that was skipped, a division by an empty batch, a broken line
 * of a log. Source: the symptom list ("a one-step outlier is information, not a warning"). What such a value says is that it
 * was there; it must not set the scale by which the rest is judged.
 */
import { median, quantile } from './robust';

/** Times the range of all others (or their level, where that is more) that a value lies beyond them: no hard batch does. */
const BEYOND = 10;
/** More of them than this share (one in a short curve, else two at least) are no accident. */
const SHARE = 0.01;
const SHORT = 40;
const MIN_POINTS = 8;

/**
 * Indices of values that stand alone, far outside the range of all others, with usual values on both sides. The first value
 * is a level of its own, and of the last one nobody knows yet whether the curve comes back. Empty where there are too many.
 */
export function loneOutliers(y: Float64Array): number[] {
  const count = y.length;
  if (count < MIN_POINTS) return [];
  const most = count < SHORT ? 1 : Math.max(2, Math.floor(SHARE * count));
  const low = quantile(y, most / (count - 1));
  const high = quantile(y, 1 - most / (count - 1));
  const reach = BEYOND * Math.max(high - low, Math.abs(median(y)));
  if (!(reach > 0)) return [];
  const far = (i: number): boolean => y[i]! > high + reach || y[i]! < low - reach;
  const found: number[] = [];
  for (let i = 0; i < count; i++) if (far(i)) found.push(i);
  const alone = (i: number) => i > 0 && i < count - 1 && !far(i - 1) && !far(i + 1);
  return found.length <= most ? found.filter(alone) : [];
}
