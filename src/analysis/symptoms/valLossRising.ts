/**
 * Validation gets worse while training gets better: the mark of overfitting.
 *
 * Source: AUTOTRAINER counts "training down, validation up"; Keras and Lightning stop early on the same quantity.
 * Starting values: 1.05 x the best for max(3, 5 % of N) evaluations; severity at 1.05 / 1.15 / 1.3.
 * Calibrated on generated runs (see docs/evaluation.md): the minimum of a noisy flat curve lies below its mean, so
 * the rise must also exceed 3 s and a fiftieth of what the run had gained; with both, none of the healthy generated
 * runs with noise up to 10 % of the level fires at warning. A small rise (5 to 15 %) becomes a warning only when it
 * lasts a fifth of the run: it is then a trend. Where no loss is logged at all, the two accuracies are compared: the
 * one of training must have risen by two points while the other fell.
 */
import * as l10n from '@vscode/l10n';
import type { Finding, Severity } from '../diagnosis';
import { bestOf, placeAt, type Curve } from '../curve';
import { endLevel, enough, isPositive, lrShare, qualityHolds, startLevel, unitOf } from '../measure';
import type { RunView } from '../pairing';
import { median, slope } from '../robust';
import { emaWindow } from '../smoothing';
import { nameOf, percent, points, valueOf, where } from '../wording';
import { milder, trailingRun } from './detector';

/** Share of the rise in one step, and its size, from which on it is a jump. */
const JUMP = 0.75;
const JUMP_LEVEL = 0.3;
const SINGLE = 0.6;
const RISE = { info: 0.05, warning: 0.15, error: 0.3 };

/** Finds a validation loss, or without one a validation quality, that gets worse while training gets better. */
export function detectValLossRising(view: RunView): Finding | null {
  const val = enough(view, view.val) ? view.val : view.valQuality;
  if (view.kind !== 'supervised' || !enough(view, val)) return null;
  const count = val.y.length;
  const best = val.smooth[val.best]!;
  const end = Math.min(endLevel(val), val.smooth[count - 1]!);
  const unit = unitOf(val, val.best);
  const rise = (end - best) / unit;
  const gained = Math.max(0, startLevel(val) - best);
  if (!(rise >= RISE.info) || end - best < 3 * val.noise || end - best < 0.02 * gained) return null;
  const threshold = best + RISE.info * unit;
  const lasting = trailingRun(count, (i) => val.smooth[i]! >= threshold);
  if (lasting < Math.max(3, 0.05 * count) || lasting >= count || comesBack(val)) return null;

  const training = trainingSince(view, val);
  if (jumped(val, end)) return null;
  // Without a falling training loss it is no overfitting; without any, only a clear and lasting rise is told.
  if (training ? !training.falls : rise < RISE.warning || lasting < 0.2 * count || end > startLevel(val))
    return null;
  const holds = val === view.val ? qualityHolds(view) : null;
  let severity = severityOf(rise, lasting / count);
  if (holds === true || (!training && severity === 'error')) severity = milder(severity);
  const since = trendStart(val, threshold, count - lasting);
  const bestSeen = val.y[val.keep]!;
  const evidence: Record<string, number> = {
    bestVal: val.sign * bestSeen,
    lastVal: val.sign * end,
    rise: Math.min((end - bestSeen) / unitAbove(val, bestSeen), Number.MAX_VALUE),
    evaluationsSince: count - 1 - val.keep,
  };
  if (training) {
    const { sign } = trainingCurve(view)!;
    evidence.trainAtBest = sign * training.before;
    evidence.lastTrain = sign * training.after;
  }
  const lr = lrShare(view);
  if (lr !== null) evidence.learningRateShare = lr;
  const worse = worsening(val, end, val.isFraction ? points(end - bestSeen) : percent(evidence.rise!));
  const train = training ? trainingChange(trainingCurve(view)!, training) : null;
  return {
    id: 'val-loss-rising',
    family: 'overfitting',
    severity,
    onset: placeAt(val, since),
    best: bestOf(val),
    evidence,
    series: [...val.members, ...(trainingCurve(view)?.members ?? [])],
    message: risingText(worse, train, holds === true ? view.valQuality : null),
  };
}

/** @param holding the validation quality, where it did not fall */
function risingText(worse: string, training: string | null, holding: Curve | null): string {
  const held = holding && [nameOf(holding), valueOf(holding, endLevel(holding, 0.1))];
  if (training === null)
    return held
      ? l10n.t(
          '{0}; no training loss is logged to compare with, though {1} has not fallen ({2}), so it is the confidence that suffers.',
          ...[worse, ...held],
        )
      : l10n.t('{0}; no training loss is logged to compare with.', worse);
  return held
    ? l10n.t(
        '{0}, while {1}: the model still learns its training data and gets worse on new data, though {2} has not fallen ({3}), so it is the confidence that suffers.',
        ...[worse, training, ...held],
      )
    : l10n.t(
        '{0}, while {1}: the model still learns its training data and gets worse on new data.',
        ...[worse, training],
      );
}

function worsening(val: Curve, end: number, change: string): string {
  const best = [valueOf(val, val.y[val.keep]!), where(val, val.keep)];
  const about = [nameOf(val), change, ...best, valueOf(val, end)];
  return val.sign > 0
    ? l10n.t('{0} rose {1} from its best {2} at {3} to {4}', ...about)
    : l10n.t('{0} fell {1} from its best {2} at {3} to {4}', ...about);
}

function trainingChange(train: Curve, { before, after }: { before: number; after: number }): string {
  const about = [nameOf(train), valueOf(train, before), valueOf(train, after)];
  return train.sign > 0
    ? l10n.t('{0} fell from {1} to {2}', ...about)
    : l10n.t('{0} rose from {1} to {2}', ...about);
}

/** What the rise is a share of: the very value that stands beside it, where ratios mean something. */
function unitAbove(val: Curve, bestSeen: number): number {
  return isPositive(val) ? bestSeen : unitOf(val, val.best);
}

function severityOf(rise: number, share: number): Severity {
  if (rise >= RISE.error) return 'error';
  return rise >= RISE.warning || share >= 0.2 ? 'warning' : 'info';
}

/** Double descent and warm restarts: the curve is on its way back, by more than 40 % of the rise. */
function comesBack(val: Curve): boolean {
  const count = val.y.length;
  let peak = val.best;
  for (let i = val.best; i < count; i++) if (val.smooth[i]! > val.smooth[peak]!) peak = i;
  const up = val.smooth[peak]! - val.smooth[val.best]!;
  if (count - peak < 3 || val.smooth[count - 1]! > val.smooth[peak]! - 0.4 * up) return false;
  const fit = slope(val.y, peak);
  return fit.perPoint < -2 * fit.error;
}

/** Training loss around the best evaluation and at the end; null when there is none. */
function trainingSince(view: RunView, val: Curve): { before: number; after: number; falls: boolean } | null {
  const train = trainingCurve(view);
  if (!train || train.y.length < 3) return null;
  const count = val.y.length;
  if (val === view.val && view.trainAtVal) {
    const before = median(view.trainAtVal, Math.max(0, val.best - 1), val.best + 2);
    const after = median(
      view.trainAtVal,
      Math.max(val.best + 1, count - Math.max(3, Math.round(0.1 * count))),
    );
    const falls = before - after > Math.max(0.5 * train.noise, 0.01 * Math.abs(before));
    // What is told is where it stood at the checkpoint that is told, which need not be the best of the smoothed curve.
    // At the very start nothing stands on its other side: a median of two would be a value that the log has not.
    const reach = Math.min(1, val.keep);
    const atKept = median(view.trainAtVal, val.keep - reach, val.keep + reach + 1);
    return { before: falls && atKept > after ? atKept : before, after, falls };
  }
  const at = Math.min(train.y.length - 2, Math.round((val.best / count) * train.y.length));
  const before = train.smooth[at]!;
  const after = train.smooth.at(-1)!;
  const least = train.isFraction ? 0.02 : 0.01 * Math.abs(before);
  return { before, after, falls: before - after > Math.max(0.5 * train.noise, least) };
}

/** The training loss; where no loss is logged at all, the training quality. */
function trainingCurve(view: RunView): Curve | null {
  return view.train ?? (view.val ? null : view.trainQuality);
}

/**
 * The rise was one step and nothing since: an evaluation that broke (batch statistics after a bad batch, a checkpoint
 * that did not load), not a model that learns its data by heart. See `val-jitter`.
 */
export function jumped(val: Curve, end: number): boolean {
  const { y, best } = val;
  let at = best + 1;
  for (let i = best + 1; i < y.length; i++) if (y[i]! - y[i - 1]! > y[at]! - y[at - 1]!) at = i;
  const rise = end - median(y, Math.max(0, best - 1), best + 2);
  // Medians of three before and after a steady ramp differ by three of its steps: the step itself must be the rise.
  if (at < 4 || y.length - at < 2 || y[at]! - y[at - 1]! < SINGLE * rise) return false;
  const step = median(y, at, Math.min(y.length, at + 3)) - median(y, at - 3, at);
  return step > JUMP * rise && step > 6 * val.noise && step > JUMP_LEVEL * unitOf(val, best);
}

/** Where the lasting rise began: the last point before it that was no worse than halfway to the threshold. */
function trendStart(val: Curve, threshold: number, above: number): number {
  const half = (val.smooth[val.best]! + threshold) / 2;
  let at = above;
  while (at > val.best + 1 && val.smooth[at - 1]! > half) at--;
  // The average trails the curve by half its window: without this the onset would wander as the run grows.
  const lag = Math.round((emaWindow(val.y.length) - 1) / 2);
  // Nor does a rise begin before the best that is told, or at it.
  return Math.min(Math.max(at - lag, val.keep + 1), val.y.length - 1);
}
