import type { Curve } from './curve';
import { endLevel, isPositive, lrShare, spread, startLevel } from './measure';
import { median } from './robust';
import type { RunView } from './pairing';
import { onlyGaps } from './symptoms/nonFinite';

/** The network's second input, in order. All are near [-1, 1] and free of the loss's unit. */
export const SCALARS = [
  'trainPoints',
  'valPoints',
  'trainGain',
  'valGain',
  'trainPositive',
  'valRise',
  'valNoise',
  'trainNoise',
  'valSinceBest',
  'trainSinceBest',
  'gap',
  'trainSinceValBest',
  'trainTail',
  'trainLateGain',
  'valLateGain',
  'nonFinite',
  'nonFiniteAtEnd',
  'lrNow',
  'bestTrainQuality',
  'bestValQuality',
  'qualityFall',
  'ended',
  'qualityGap',
  'trainSwing',
  'valSwing',
  'trainExcursion',
] as const;

/** The scalar features of a run; missing ones are 0. */
export function scalarFeatures(view: RunView): Float32Array {
  const { train, val } = view;
  const values: Record<(typeof SCALARS)[number], number> = {
    trainPoints: Math.log10(1 + (train?.y.length ?? 0)) / 4,
    valPoints: Math.log10(1 + (val?.y.length ?? 0)) / 4,
    trainGain: gain(train),
    valGain: gain(val),
    trainPositive: train && isPositive(train) ? 1 : 0,
    valRise: riseOf(val),
    valNoise: relativeNoise(val),
    trainNoise: relativeNoise(train),
    valSinceBest: sinceBest(val),
    trainSinceBest: sinceBest(train),
    gap: gapOf(view),
    trainSinceValBest: trainSinceValBest(view),
    trainTail: riseOf(train),
    trainLateGain: lateGain(train),
    valLateGain: lateGain(val),
    nonFinite: Math.min(1, nonFiniteShare(view) * 20),
    nonFiniteAtEnd: lost(view).some((c) => c.nonFinite!.trailing > 0) ? 1 : 0,
    lrNow: lrShare(view) ?? 0,
    bestTrainQuality: fraction(view.trainQuality),
    bestValQuality: fraction(view.valQuality),
    qualityFall: riseOf(view.valQuality),
    // Whoever stopped it says nothing of whether it had come to its end.
    ended: { running: -1, unknown: 0, stopped: 0, finished: 1, crashed: 1 }[view.run.status],
    qualityGap: qualityGap(view),
    trainSwing: swing(view.trainAtVal ?? train?.y, train),
    valSwing: swing(val?.y, val),
    trainExcursion: excursion(train),
  };
  return Float32Array.from(SCALARS, (name) => squash(values[name]));
}

function some(curve: Curve | null): curve is Curve {
  return curve !== null && curve.y.length >= 2;
}

/** Share of the first level that was gained; of the range where ratios mean nothing. */
function gain(curve: Curve | null): number {
  if (!some(curve)) return 0;
  const start = startLevel(curve);
  const gained = start - curve.smooth[curve.best]!;
  return gained / (isPositive(curve) ? start : spread(curve) || 1);
}

/** How far the end is above the best: as a log ratio, or as a share of the range. */
function riseOf(curve: Curve | null): number {
  if (!some(curve)) return 0;
  const best = curve.smooth[curve.best]!;
  const end = endLevel(curve);
  if (curve.isFraction) return 4 * (end - best);
  return isPositive(curve) ? Math.log(end / best) : (end - best) / (spread(curve) || 1);
}

function relativeNoise(curve: Curve | null): number {
  if (!some(curve)) return 0;
  return (5 * curve.noise) / (spread(curve) || 1);
}

function sinceBest(curve: Curve | null): number {
  return some(curve) ? 1 - curve.best / (curve.y.length - 1) : 0;
}

/** Distance of val from train at the end, as a share of what training gained. */
function gapOf(view: RunView): number {
  const { train, val } = view;
  if (!some(train) || !some(val) || !view.trainAtVal) return 0;
  const trainEnd = median(view.trainAtVal, Math.max(0, view.trainAtVal.length - 3));
  const way = Math.max(startLevel(train), startLevel(val)) - Math.min(trainEnd, val.smooth[val.best]!);
  return way > 0 ? (endLevel(val) - trainEnd) / way : 0;
}

function trainSinceValBest(view: RunView): number {
  const { train, val } = view;
  if (!some(train) || !some(val) || !view.trainAtVal) return 0;
  const at = view.trainAtVal;
  const before = median(at, Math.max(0, val.best - 1), val.best + 2);
  const after = median(at, Math.max(0, at.length - 3));
  return (before - after) / (spread(train) || 1);
}

function lateGain(curve: Curve | null): number {
  if (!some(curve)) return 0;
  const count = curve.y.length;
  const before = median(
    curve.y,
    Math.floor(0.7 * count),
    Math.max(Math.floor(0.8 * count), Math.floor(0.7 * count) + 1),
  );
  const end = endLevel(curve, 0.1);
  return (5 * (before - end)) / (isPositive(curve) ? Math.abs(before) : spread(curve) || 1);
}

/** Curves with values that should have been numbers: not those with NaN where nothing was measured. */
function lost(view: RunView): Curve[] {
  return [view.train, view.val].filter((c): c is Curve => Boolean(c?.nonFinite) && !onlyGaps(view, c!));
}

function nonFiniteShare(view: RunView): number {
  return Math.max(0, ...lost(view).map((c) => c.nonFinite!.count / c.points));
}

/** Training quality above validation quality at the end, in tenths of the whole. */
function qualityGap({ trainQuality: train, valQuality: val }: RunView): number {
  if (!some(train) || !some(val) || !train.isFraction || !val.isFraction) return 0;
  return 10 * (endLevel(val, 0.1) - endLevel(train, 0.1));
}

/** Median step of the last half from one evaluation to the next, as a share of what the curve gained. */
function swing(values: Float64Array | undefined, curve: Curve | null): number {
  if (!values || !some(curve) || values.length < 6) return 0;
  const from = Math.floor(values.length / 2);
  const steps = new Float64Array(values.length - 1 - from);
  for (let i = 0; i < steps.length; i++) steps[i] = Math.abs(values[from + i + 1]! - values[from + i]!);
  return (5 * median(steps)) / (spread(curve) || 1);
}

/** The largest rise above the best so far, as a share of what had been gained by then. */
function excursion(curve: Curve | null): number {
  if (!some(curve)) return 0;
  const start = startLevel(curve);
  const least = 0.05 * spread(curve);
  let best = start;
  let most = 0;
  for (let i = 3; i < curve.smooth.length; i++) {
    best = Math.min(best, curve.smooth[i]!);
    const gained = Math.max(start - best, least);
    if (gained > 0) most = Math.max(most, (curve.smooth[i]! - best) / gained);
  }
  return most;
}

function fraction(curve: Curve | null): number {
  return some(curve) && curve.isFraction ? -curve.smooth[curve.best]! : 0;
}

/** Into (-2, 2), without the cliff of a clip. */
function squash(value: number): number {
  return Number.isFinite(value) ? 2 * Math.tanh(value / 2) : 0;
}
