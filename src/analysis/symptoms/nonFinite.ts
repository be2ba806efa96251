/**
 * NaN or infinity, also when the log hides it.
 *
 * Source: every divergence detector; Hugging Face's `logging_nan_inf_filter` prints a loss of exactly 0.0 for a NaN
 * one while `grad_norm` or `eval_loss` still show it; Caffe prints -ln(FLT_MIN) = 87.3365 when the probability of
 * the right class is 0. Values of 1e308 and more are an overflow. A few infinite gradient norms under a finite loss
 * are mixed precision looking for its loss scale (PyTorch AMP skips those steps): information. Not counted: rewards
 * without a finished episode, per-class metrics without an object, mAP of -1, and NaN that only says "not measured
 * here": in a validation curve whose finite values go on while training is finite, and in a table with a row for each
 * split, where exactly one of the two has a value. An infinite value is never a gap.
 */
import * as l10n from '@vscode/l10n';
import type { Finding, Severity } from '../diagnosis';
import { bestOf, placeOf, type Curve } from '../curve';
import type { RunView } from '../pairing';
import { nameOf, number, percent, wherePlace } from '../wording';

const CAFFE_FLOOR = 87.3365;
/** AMP halves its scale at each overflow; 5 % of the steps is far more than a healthy run skips. */
const AMP_SKIPS = 0.05;
/** An evaluation that gave no number for so many points is broken, not due. */
const FIRST_EVALUATION = 20;

/** Finds non-finite values in the losses, the gradient norm and an accuracy, masked ones included. */
export function detectNonFinite(view: RunView): Finding | null {
  return inLoss(view) ?? masked(view) ?? stuckAtFloor(view) ?? inGradNorm(view);
}

function inLoss(view: RunView): Finding | null {
  const accuracy = view.valQuality?.series.name === 'accuracy' ? view.valQuality : null;
  const candidates = [view.train, view.val, accuracy].filter(
    (c): c is Curve => Boolean(c?.nonFinite) && !onlyGaps(view, c!),
  );
  candidates.sort((a, b) => severity(view, b) - severity(view, a));
  const curve = candidates[0];
  if (!curve) return null;
  const { count, first, trailing } = curve.nonFinite!;
  const level: Severity = severity(view, curve) >= 2 ? 'error' : 'warning';
  const place = placeOf(curve, first);
  return {
    id: 'non-finite',
    family: 'unstable',
    severity: level,
    onset: place,
    ...bestBefore(curve, first),
    evidence: { nonFinite: count, points: curve.points, trailing, firstValue: curve.series.values.at(first) },
    series: [...curve.members],
    message: lossText(curve),
  };
}

function lossText(curve: Curve): string {
  const { count, first, trailing } = curve.nonFinite!;
  if (count === curve.points) return neverText(curve);
  const [value, at] = [String(curve.series.values.at(first)), wherePlace(curve, placeOf(curve, first))];
  const about = [nameOf(curve), value, at, count, curve.points];
  return trailing > 0
    ? l10n.t('{0} is {1} at {2} and has not come back: {3} of {4} values are not finite.', ...about)
    : l10n.t('{0} is {1} at {2} and was finite again later: {3} of {4} values are not finite.', ...about);
}

function neverText(curve: Curve): string {
  return l10n.t(
    '{0} has never been a number: all {1} values are NaN or infinite. Where it begins so, look at the data, the labels and the precision first.',
    ...[nameOf(curve), number(curve.points)],
  );
}

/** True when NaN stands for "not measured": see the head of the file. */
export function onlyGaps(view: RunView, curve: Curve): boolean {
  const { train, val } = view;
  const { count, trailing, longestGap, infinite } = curve.nonFinite!;
  if (!train || infinite > 0) return false;
  if (takesTurns(train, val)) return true;
  if (curve === train || train.nonFinite) return false;
  // So far never evaluated: the first evaluation may be due yet.
  if (count === curve.points) return curve.points < FIRST_EVALUATION;
  return trailing <= longestGap;
}

/** True when each row of the log has a value of exactly one of the two, and both have several. */
function takesTurns(train: Curve, val: Curve | null): boolean {
  if (!val || !train.nonFinite || !val.nonFinite || train.y.length < 2 || val.y.length < 2) return false;
  const a = train.series;
  const b = val.series;
  if (a.length !== b.length || a.length !== train.points || b.length !== val.points) return false;
  for (let i = 0; i < a.length; i++) {
    if (a.steps.at(i) !== b.steps.at(i) || Number.isNaN(a.values.at(i)) === Number.isNaN(b.values.at(i)))
      return false;
  }
  return true;
}

/** 2: the run is lost. 1: it went on, or only the evaluation is broken. */
function severity(view: RunView, curve: Curve): number {
  const { count, trailing } = curve.nonFinite!;
  // An evaluation that never gave a number while training is fine is a broken evaluation, no divergence.
  if (curve !== view.train && count === curve.points && view.train && !view.train.nonFinite) return 1;
  if (trailing >= Math.min(3, curve.points)) return 2;
  if (curve === view.train && trailing > 0) return 2;
  return count > 0.05 * curve.points && count >= 3 ? 2 : 1;
}

function masked(view: RunView): Finding | null {
  const train = view.train;
  const witness = [view.gradNorm, view.val].find((c) => c?.nonFinite && c.nonFinite.count > 0);
  if (!train || !witness || train.y.length < 2 || (witness === view.val && onlyGaps(view, witness)))
    return null;
  let from = train.y.length;
  while (from > 0 && train.y[from - 1] === 0) from--;
  const zeros = train.y.length - from;
  if (zeros < 2) return null;
  const place = placeOf(train, train.source[from]!);
  return {
    id: 'non-finite',
    family: 'unstable',
    severity: 'error',
    onset: place,
    evidence: { zeros, points: train.y.length, nonFinite: witness.nonFinite!.count },
    series: [...train.members, ...witness.members],
    message: l10n.t(
      '{0} is exactly 0 for {1} points since {2} while {3} has {4} values that are NaN or infinite: the logger hides a NaN loss, training has diverged.',
      ...[nameOf(train), zeros, wherePlace(train, place), nameOf(witness), witness.nonFinite!.count],
    ),
  };
}

function stuckAtFloor(view: RunView): Finding | null {
  for (const curve of [view.train, view.val]) {
    if (!curve || curve.y.length < 3) continue;
    let from = curve.y.length;
    while (from > 0 && Math.abs(curve.y[from - 1]! - CAFFE_FLOOR) < 5e-4) from--;
    const stuck = curve.y.length - from;
    if (stuck < 3) continue;
    const place = placeOf(curve, curve.source[from]!);
    return {
      id: 'non-finite',
      family: 'unstable',
      severity: 'error',
      onset: place,
      evidence: { stuckAt: CAFFE_FLOOR, stuck, points: curve.y.length },
      series: [...curve.members],
      message: l10n.t(
        '{0} is stuck at 87.3365 for {1} points since {2}: that is -ln of the smallest float, so the probabilities are 0 or NaN and training has diverged.',
        ...[nameOf(curve), stuck, wherePlace(curve, place)],
      ),
    };
  }
  return null;
}

function inGradNorm(view: RunView): Finding | null {
  const norm = view.gradNorm;
  if (!norm?.nonFinite) return null;
  const { count, first, trailing } = norm.nonFinite;
  const share = count / norm.points;
  // A norm that never was a number beside a loss that always is one is not measured, and that is no fault.
  const loss = view.train?.nonFinite ? null : view.train?.y;
  const unmeasured =
    count === norm.points && loss !== undefined && loss !== null && loss.length >= 2 && !loss.includes(0);
  const lost = trailing >= 3 && share > AMP_SKIPS && !unmeasured;
  const place = placeOf(norm, first);
  const about = [nameOf(norm), count, number(norm.points), percent(share), wherePlace(norm, place)];
  return {
    id: 'non-finite',
    family: 'unstable',
    severity: lost ? 'error' : share > AMP_SKIPS && count >= 3 && !unmeasured ? 'warning' : 'info',
    onset: place,
    evidence: { nonFinite: count, points: norm.points, trailing },
    series: [...norm.members, ...(view.train?.members ?? [])],
    message: lost && count === norm.points ? neverText(norm) : normText(lost, about),
  };
}

function normText(lost: boolean, about: readonly (string | number)[]): string {
  return lost
    ? l10n.t('{0} is not finite in {1} of {2} points ({3}), first at {4}, and has not come back.', ...about)
    : l10n.t(
        '{0} is not finite in {1} of {2} points ({3}), first at {4}, under a finite loss: with mixed precision such steps are skipped.',
        ...about,
      );
}

function bestBefore(curve: Curve, source: number): { best?: Finding['best'] & object } {
  let best = -1;
  for (let i = 0; i < curve.y.length && curve.source[i]! < source; i++) {
    if (best < 0 || curve.y[i]! < curve.y[best]!) best = i;
  }
  if (best < 0) return {};
  return { best: bestOf(curve, best) };
}
