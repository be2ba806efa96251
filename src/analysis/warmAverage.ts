import { median } from './robust';
import { smooth } from './smoothing';

/** Share of the curve in which such a climb must end. */
const HEAD = 0.15;
/** A slow average may climb for half the run; then it must begin at next to nothing and climb without a break. */
const SLOW_HEAD = 0.5;
const NEXT_TO_NOTHING = 0.05;

/**
 * Length of the head in which a running average that was started at zero (an EMA without bias correction, a meter
 * that prints before its first batch) climbs to the loss; 0 when the curve does not begin like that. Its values say
 * nothing of the training, and the best of a run must not lie there. All but 3 points of a curve that still climbs.
 */
export function averageFromZero(y: Float64Array): number {
  if (y.length < 12 || !(y[0]! >= 0)) return 0;
  return climb(y, HEAD, 0.5, 0.95) || climb(y, SLOW_HEAD, NEXT_TO_NOTHING, 0.995) || saturating(y);
}

function climb(y: Float64Array, share: number, startsBelow: number, steady: number): number {
  const head = Math.min(y.length - 4, Math.max(3, Math.ceil(share * y.length)));
  const x = smooth(y.subarray(0, head + 1));
  const peak = climbsTo(x, startsBelow, steady);
  if (peak < 1) return 0;
  // A loss that goes on rising, or stays up there, did not begin at zero: it rose.
  const rest = median(y, Math.floor(0.8 * y.length));
  const next = median(y, peak, Math.min(y.length, 2 * peak + 3));
  return next <= 1.1 * x[peak]! && rest < 0.97 * x[peak]! ? peak : 0;
}

/** The log of a slow average may end before the climb does: it is steady and ever flatter. */
function saturating(y: Float64Array): number {
  const x = smooth(y);
  const end = climbsTo(x, NEXT_TO_NOTHING, 0.995);
  if (end < 0.9 * (y.length - 1)) return 0;
  const half = x[Math.floor(end / 2)]! - x[0]!;
  return half > 0.65 * (x[end]! - x[0]!) ? y.length - 3 : 0;
}

/** Index of the highest value when all values before it rise to it from below `startsBelow` of it; else 0. */
function climbsTo(x: Float64Array, startsBelow: number, steady: number): number {
  let peak = 0;
  for (let i = 0; i < x.length; i++) if (x[i]! > x[peak]!) peak = i;
  if (peak < 1 || x[0]! > startsBelow * x[peak]!) return 0;
  for (let i = 1; i <= peak; i++) if (x[i]! < x[i - 1]! * steady) return 0;
  return peak;
}
