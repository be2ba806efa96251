/**
 * Recognises the head of a running average that was started at zero: an EMA without bias correction, or a meter that
 * prints before its first batch. It climbs from next to nothing without a break, steeply first and ever flatter; a
 * loss that rises because training goes wrong starts at its own level and rises ever faster. "Without a break" is
 * measured against the noise of the curve, because half a per cent of noise makes every second step of a slow climb
 * a step down.
 */
import { median, noise } from './robust';
import { smooth } from './smoothing';

/** Share of the curve in which such a climb must end. */
const HEAD = 0.15;
/** A slow average may climb for half the run; then it must begin at next to nothing and climb without a break. */
const SLOW_HEAD = 0.5;
const NEXT_TO_NOTHING = 0.05;
/** Of the later level: where the first value of a climb of any length must lie. */
const FAR_BELOW = 0.15;
const BELOW = 0.35;
/** How much steeper the first half of such a climb must be than the second. */
const FLATTENS = 1.15;
const FLATTENS_CLEARLY = 2;
/** In units of the noise: what the steps of a climb may fall. */
const TOLERANCE = 4;

/**
 * Length of the head in which a running average that was started at zero climbs to the loss; 0 when the curve does
 * not begin like that. Its values say nothing of the training, and the best of a run must not lie there. All but 3
 * points of a curve that still climbs.
 */
export function averageFromZero(y: Float64Array): number {
  if (y.length < 12 || !(y[0]! >= -TOLERANCE * noise(y))) return 0;
  return climb(y, HEAD, 0.5, 0.95) || climb(y, SLOW_HEAD, NEXT_TO_NOTHING, 0.995) || concave(y);
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

/** A climb of any length from next to nothing, ever flatter; the log may end before the climb does. */
function concave(y: Float64Array): number {
  const x = smooth(y);
  const later = median(y, Math.floor(y.length / 2));
  if (!(y[0]! < BELOW * later)) return 0;
  // A first value that is not next to nothing needs a climb that flattens clearly.
  const flattens = y[0]! < FAR_BELOW * later ? FLATTENS : FLATTENS_CLEARLY;
  // Where it is as good as up, not the highest of many noisy values after it.
  const top = Math.max(...[...x].slice(0, -1)) - TOLERANCE * noise(y);
  const end = x.findIndex((value) => value >= top);
  if (end < 6) return 0;
  const tolerance = TOLERANCE * noise(y);
  for (let i = 1; i <= end; i++) if (x[i]! < x[i - 1]! - tolerance) return 0;
  const rise = x[end]! - x[0]!;
  const half = Math.floor(end / 2);
  const steepness = (from: number, to: number) => (x[to]! - x[from]!) / (to - from);
  if (tolerance > 0.2 * rise || steepness(0, half) < flattens * steepness(half, end)) return 0;
  // Gradual, too: a loss that jumps up in one step is no average.
  if (x[1]! - x[0]! > 0.5 * rise) return 0;
  return Math.min(end, y.length - 3);
}

/** Index of the highest value when all values before it rise to it from below `startsBelow` of it; else 0. */
function climbsTo(x: Float64Array, startsBelow: number, steady: number): number {
  let peak = 0;
  for (let i = 0; i < x.length; i++) if (x[i]! > x[peak]!) peak = i;
  if (peak < 1 || x[0]! > startsBelow * x[peak]!) return 0;
  const tolerance = TOLERANCE * noise(x);
  for (let i = 1; i <= peak; i++) {
    if (x[i]! < Math.min(x[i - 1]! * steady, x[i - 1]! - tolerance)) return 0;
  }
  return peak;
}
