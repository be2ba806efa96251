import type { Curve } from './curve';
import { sharedAxis } from './alignment';
import { endLevel, isPositive } from './measure';
import { quantile } from './robust';
import type { RunView } from './pairing';
import { SCALARS, scalarFeatures } from './scalars';

/** Points each curve is resampled to. */
export const STEPS = 64;

/** Channels of the network's first input, in order. After them come the masks of those in {@link MASKS}. */
export const CHANNELS = [
  'train',
  'trainPeak',
  'val',
  'trainQuality',
  'valQuality',
  'lr',
  'trainRatio',
  'valRatio',
] as const;

/** Channels with a mask of their own; the others share one of these. */
const MASKS = ['train', 'val', 'trainQuality', 'valQuality', 'lr'] as const;

/** Channels and masks. */
export const WIDTH = CHANNELS.length + MASKS.length;

/** Length of the vector that {@link features} gives: the curves, time-major, then the scalars. */
export const FEATURES = STEPS * WIDTH + SCALARS.length;

/** Values outside are cut: how far a loss exploded adds nothing to the fact that it did. */
const LIMIT = 3;

/**
 * The network's input for one run: a vector of {@link FEATURES} finite numbers.
 *
 * Scale-free: losses are measured from the lowest value of train and val (0) to the first level (1), so a loss
 * times 1000, in bits instead of nats, or shifted below zero gives the same curves. The ratios tell how much of a
 * positive loss went, which those curves hide: powers of e^2 above the level of the end. Qualities are fractions or,
 * where unbounded, shares of their range; the learning rate is a share of its peak. x is the share of the run that
 * was seen, so that a prefix is a run like any other. What is missing is 0 with mask 0.
 */
export function features(view: RunView): Float32Array {
  const result = new Float32Array(FEATURES);
  const { train, val } = view;
  const anchor = longest(train, val);
  const scale = lossScale(train, val);
  const place = (name: Channel, bins: Bins | null, value: (v: number) => number) => {
    if (!bins) return;
    const channel = CHANNELS.indexOf(name);
    const mask = MASKS.indexOf(name as Mask);
    for (let t = 0; t < STEPS; t++) {
      result[t * WIDTH + channel] = clip(value(bins.values[t]!));
      if (mask >= 0) result[t * WIDTH + CHANNELS.length + mask] = bins.filled[t]! ? 1 : 0.5;
    }
  };
  const loss = (v: number) => (v - scale.low) / scale.range;
  const ratio = ratioTo(train, val);
  const [trainBins, valBins] = [resample(train, anchor, 0.5), resample(val, anchor, 0.5)];
  place('train', trainBins, loss);
  place('trainPeak', resample(train, anchor, 1), loss);
  place('val', valBins, loss);
  if (ratio) {
    place('trainRatio', trainBins, ratio);
    place('valRatio', valBins, ratio);
  }
  place('trainQuality', resample(view.trainQuality, anchor, 0.5), qualityScale(view.trainQuality));
  place('valQuality', resample(view.valQuality, anchor, 0.5), qualityScale(view.valQuality));
  const peak = view.lr && view.lr.y.length > 0 ? quantile(view.lr.y, 1) : 0;
  place('lr', peak > 0 ? resample(view.lr, anchor, 0.5) : null, (v) => v / peak);
  result.set(scalarFeatures(view), STEPS * WIDTH);
  return result;
}

type Channel = (typeof CHANNELS)[number];
type Mask = (typeof MASKS)[number];

interface Bins {
  values: Float64Array;
  filled: Uint8Array;
}

/** Quantile `q` of the values in each of {@link STEPS} equal stretches of the anchor's axis; gaps are interpolated. */
function resample(curve: Curve | null, anchor: Curve | null, q: number): Bins | null {
  if (!curve || !anchor || curve.y.length === 0) return null;
  const { a, b } = curve === anchor ? { a: curve.x, b: curve.x } : sharedAxis(curve, anchor);
  const start = Math.min(b[0]!, a[0]!);
  const end = Math.max(b.at(-1)!, a.at(-1)!);
  const values = new Float64Array(STEPS);
  const filled = new Uint8Array(STEPS);
  let from = 0;
  for (let t = 0; t < STEPS; t++) {
    const limit = start + ((t + 1) / STEPS) * (end - start);
    let to = from;
    while (to < a.length && (a[to]! <= limit || t === STEPS - 1)) to++;
    if (to > from) {
      values[t] = quantile(curve.y, q, from, to);
      filled[t] = 1;
    }
    from = to;
  }
  interpolate(values, filled);
  return { values, filled };
}

function interpolate(values: Float64Array, filled: Uint8Array): void {
  let last = -1;
  for (let t = 0; t < STEPS; t++) {
    if (!filled[t]) continue;
    for (let gap = last + 1; gap < t; gap++) {
      const share = last < 0 ? 1 : (gap - last) / (t - last);
      values[gap] = last < 0 ? values[t]! : values[last]! + share * (values[t]! - values[last]!);
    }
    last = t;
  }
  for (let gap = last + 1; gap < STEPS; gap++) values[gap] = values[Math.max(last, 0)]!;
}

function longest(...curves: (Curve | null)[]): Curve | null {
  return curves.reduce<Curve | null>(
    (best, curve) => (curve && curve.y.length > (best?.y.length ?? 0) ? curve : best),
    null,
  );
}

/** One scale for both losses: 0 at their lowest, 1 at the first level of the one that starts higher. */
function lossScale(...curves: (Curve | null)[]): { low: number; range: number } {
  const present = curves.filter((c): c is Curve => c !== null && c.y.length > 0);
  if (present.length === 0) return { low: 0, range: 1 };
  const low = Math.min(...present.map((c) => quantile(c.y, 0)));
  const first = Math.max(...present.map((c) => quantile(c.y, 0.5, 0, 3)));
  // A run that only rises has no way down to measure: its own range is the unit then.
  const range = Math.max(first - low, 0.1 * (Math.max(...present.map((c) => quantile(c.y, 0.9))) - low));
  return { low, range: range > 0 ? range : 1 };
}

/** How many times e^2 a loss is above the level that training ended at; null where ratios mean nothing. */
function ratioTo(train: Curve | null, val: Curve | null): ((v: number) => number) | null {
  const curve = train ?? val;
  if (!curve || curve.y.length === 0) return null;
  if ([train, val].some((one) => one && !isPositive(one))) return null;
  const end = endLevel(curve, 0.1);
  return (v) => Math.log(v / end) / 2;
}

function qualityScale(curve: Curve | null): (v: number) => number {
  if (!curve || curve.y.length === 0 || curve.isFraction) return (v) => -v;
  const low = quantile(curve.y, 0);
  const range = quantile(curve.y, 1) - low || 1;
  return (v) => 1 - (v - low) / range;
}

function clip(value: number): number {
  return Number.isFinite(value) ? Math.max(-LIMIT, Math.min(LIMIT, value)) : 0;
}
