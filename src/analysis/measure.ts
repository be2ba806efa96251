import { sharedAxis } from './alignment';
import type { Curve } from './curve';
import type { RunView } from './pairing';
import { median, quantile, slope } from './robust';

/** A finding needs that many evaluations: fewer hold no trend that noise could not make. Source: the symptom list. */
export const MIN_EVALUATIONS = 5;

/** Nothing fires in the first 5 % of a planned run: warm-up is no symptom. Source: the symptom list. */
export const MIN_PROGRESS = 0.05;

/** True when `curve` is long enough for a finding and the run is past its first 5 %. */
export function enough(view: RunView, curve: Curve | null): curve is Curve {
  return curve !== null && curve.y.length >= MIN_EVALUATIONS && (view.progress ?? 1) >= MIN_PROGRESS;
}

/** A first x far from 0, three strides and a tenth of the last: the log begins in the middle of a training. */
export function isExcerpt(curve: Curve): boolean {
  const first = curve.x[0]!;
  const last = curve.x.at(-1)!;
  const stride = (last - first) / Math.max(1, curve.x.length - 1);
  return first > 3 * stride && first > 0.1 * last;
}

/** True while the learning rate rises, or has only just (in the last fifth of the log) come to its peak. */
export function warmsUp(view: RunView): boolean {
  const lr = view.lr?.y;
  if (!lr || lr.length < 2) return false;
  const peak = quantile(lr, 1);
  const reached = lr.findIndex((rate) => rate >= 0.99 * peak);
  return reached > 0 && reached >= 0.8 * (lr.length - 1);
}

/** About one value an epoch; Hugging Face counts minibatches by fractions of an epoch. */
export function isPerEpoch({ axis, x, y }: Curve): boolean {
  return axis === 'epoch' && (x.at(-1)! - x[0]!) / (y.length - 1) >= 0.9;
}

/** What the symptom list waits for before it says that nothing was learned; 20 evaluations where no steps are counted. */
const TIME_TO_LEARN = { steps: 300, evaluations: 20, share: 0.1 };

/** 300 steps where steps are counted, else 20 evaluations; and a tenth of the plan. */
export function hadTimeToLearn(view: RunView, curve: Curve): boolean {
  if ((view.progress ?? 1) < TIME_TO_LEARN.share) return false;
  return curve.axis === 'step'
    ? curve.x.at(-1)! - curve.x[0]! >= TIME_TO_LEARN.steps
    : curve.y.length >= TIME_TO_LEARN.evaluations;
}

/** Smallest normal number of single precision, in which trainings compute: what differs by less is the same. */
const TINY = 1.2e-38;

/**
 * What a change of this curve is measured against. A fraction: 1 (differences are percentage points). A positive
 * loss: its value at `at`, so that ratios are meant. Otherwise (log-likelihoods, Dice losses below zero) the
 * range of the curve, because a ratio of negative numbers means nothing.
 */
export function unitOf(curve: Curve, at: number): number {
  if (curve.isFraction) return 1;
  if (isPositive(curve)) return Math.max(curve.smooth[at]!, TINY);
  return Math.max(spread(curve), TINY);
}

/** True when every value is above zero, so that ratios mean something. */
export function isPositive(curve: Curve): boolean {
  if (curve.sign < 0) return false;
  for (let i = 0; i < curve.y.length; i++) if (!(curve.y[i]! > 0)) return false;
  return true;
}

/** Robust range of the curve: from the 2nd to the 98th percentile, never 0 for a curve that moves at all. */
export function spread(curve: Curve): number {
  const robust = quantile(curve.y, 0.98) - quantile(curve.y, 0.02);
  return robust > 0 ? robust : quantile(curve.y, 1) - quantile(curve.y, 0);
}

/** Level at the start: the median of the first three points, of the first 1 % in a long curve. */
export function startLevel(curve: Curve): number {
  return median(curve.y, 0, Math.max(3, Math.round(curve.y.length / 100)));
}

/**
 * The first level, for "how much was gained": the very first value where the curve starts with a steep drop, else
 * {@link startLevel}, because the first of many noisy values is often far out.
 */
export function firstLevel(curve: Curve): number {
  const start = startLevel(curve);
  const first = curve.y[0]!;
  return first > start && (curve.y.length < 20 || first > start + 4 * curve.noise) ? first : start;
}

/** Level at the end: the median of the last `share` of the curve, of three points at least. */
export function endLevel(curve: Curve, share = 0.05): number {
  const count = Math.max(3, Math.round(curve.y.length * share));
  return median(curve.y, Math.max(0, curve.y.length - count));
}

/**
 * Where the curve has come to, for "how much was gained": its very last value where that is its best or one of few, which
 * nobody takes for noise; else {@link endLevel}.
 */
export function lastLevel(curve: Curve): number {
  const { y, keep } = curve;
  return keep === y.length - 1 || y.length < 20 ? y.at(-1)! : endLevel(curve);
}

/** Learning rate now as a share of its peak; null when it is not logged, or no number that a rate could be. */
export function lrShare(view: RunView): number | null {
  if (!view.lr || view.lr.y.length < 2) return null;
  const share = view.lr.y.at(-1)! / quantile(view.lr.y, 1);
  return Number.isFinite(share) && share >= 0 ? share : null;
}

/**
 * True when the quality on validation data is at the end still within its noise, or a twentieth of its range, of
 * its best; false when it fell; null when it is not logged.
 */
export function qualityHolds(view: RunView): boolean | null {
  const quality = view.valQuality;
  if (!quality || quality.y.length < MIN_EVALUATIONS) return null;
  const loss = endLevel(quality, 0.1) - quality.smooth[quality.best]!;
  return loss <= Math.max(1.5 * quality.noise, 0.05 * spread(quality), quality.isFraction ? 0.005 : 0);
}

/** Slope within its error, or a total change below 1 % of the level, from `from` on. */
export function isFlat(curve: Curve, from: number): boolean {
  const count = curve.y.length - from;
  if (count < 4) return false;
  const fit = slope(curve.y, from);
  const change = Math.abs(fit.perPoint) * (count - 1);
  const level = Math.abs(endLevel(curve, 0.2));
  return change < 0.01 * level || (Math.abs(fit.perPoint) < 2 * fit.error && change < 0.03 * level);
}

/** First point from which on the smoothed curve stays within 2 % of its end. */
export function flatSince(curve: Curve): number {
  const end = endLevel(curve, 0.2);
  const band = Math.max(0.02 * Math.abs(end), 2 * curve.noise);
  let at = curve.y.length - 1;
  while (at > 0 && Math.abs(curve.smooth[at - 1]! - end) <= band) at--;
  return at;
}

/**
 * True when the validation loss is at its best: whatever the training loss does, it is not what it seems (a sum, an
 * average that climbs, harder data).
 */
export function validationGains({ val }: RunView, curve: Curve): boolean {
  if (!val || val === curve || val.y.length < 8) return false;
  const best = val.smooth[val.best]!;
  const gained = startLevel(val) - best;
  return gained > 3 * val.noise && endLevel(val) - best < 0.1 * gained;
}

/**
 * Whether validation was measured after a point of the training loss: before that it can't speak for what came since. True where
 * there is none that could.
 * @param at index into the training loss
 */
export function evaluatedSince({ train, val }: RunView, at: number): boolean {
  if (!train || !val || val.y.length === 0) return true;
  const { a, b } = sharedAxis(train, val);
  return b.at(-1)! > a[at]!;
}

/** Of all that was gained. Source: what `divergence` and the suspicion of instability call lost. */
const LOST = 0.25;
/** Times the validation loss. Source: the symptom list's bound of a training that is held down (`over-regularised`). */
const HARDER = 1.1;

/**
 * True when training has become harder and the model no worse: the validation loss has kept three quarters of what it had
 * gained ever since its best, and lies below the training loss. Augmentation, dropout, adversarial examples or a curriculum
 * that are turned up lift the training loss like that; a training that loses its footing takes validation with it.
 * @param level training loss from which on it has left; the last three evaluations must be of that stretch
 */
export function onlyTrainingRose({ val, trainAtVal }: RunView, level: number): boolean {
  if (!val || !trainAtVal || val.y.length < 8 || !isPositive(val)) return false;
  const best = val.smooth[val.best]!;
  const gained = firstLevel(val) - best;
  const worst = val.y.subarray(val.best).reduce((a, b) => Math.max(a, b));
  if (!(gained > 3 * val.noise) || worst - best >= LOST * gained) return false;
  const end = endLevel(val);
  return trainAtVal.subarray(-3).every((value) => value >= level && value > HARDER * end);
}

/** Index of the last point that beat the best before it, as `better` measures it. */
export function lastGain(curve: Curve, better: (value: number, best: number) => boolean): number {
  let at = 0;
  for (let i = 1; i < curve.smooth.length; i++) if (better(curve.smooth[i]!, curve.smooth[at]!)) at = i;
  return at;
}
