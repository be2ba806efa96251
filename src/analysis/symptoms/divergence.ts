/**
 * The loss leaves and does not come back.
 *
 * Source: TheDeepChecker (median of the last five >= 2 x best and rising, or > 10 x the initial loss, sustained).
 * Calibrated on generated runs: near zero, noise alone doubles a loss, so a quarter of what the run had gained must
 * be lost again and the loss must stand 5 s above its best; and a loss on its way back by more than 30 % is no
 * divergence (warm restart, recovered spike, new data mix), except that a fifth of a run at ten times the first level is a
 * warning even so. A rise that follows a raised learning rate is silent unless it passes the initial loss. So is one beside a
 * validation loss at its best that was measured since, or one that validation has not followed: training was made harder, and
 * the model is as good as it was (`onlyTrainingRose`). An error only where the loss had fallen first: a best among the first
 * few points may be no level at all but the start of a counter or of an average, and is a warning.
 */
import * as l10n from '@vscode/l10n';
import type { Finding } from '../diagnosis';
import { bestOf, placeAt, type Curve } from '../curve';
import {
  endLevel,
  enough,
  evaluatedSince,
  isPositive,
  onlyTrainingRose,
  spread,
  startLevel,
  validationGains,
} from '../measure';
import type { RunView } from '../pairing';
import { median } from '../robust';
import { nameOf, number, percent, valueOf, where } from '../wording';
import { isReweighted } from './scheduled';

const LEAVES = 2;
const FAR_ABOVE_START = 10;
const WILD_SHARE = 0.2;

/** Finds a training loss (without one, a validation loss) that ends far above its best and is not returning. */
export function detectDivergence(view: RunView): Finding | null {
  const curve = enough(view, view.train) ? view.train : view.val;
  if (view.kind !== 'supervised' || !enough(view, curve)) return null;
  return ended(view, curve) ?? exploded(view, curve) ?? wentWild(view, curve);
}

/** The curve ends far above its best. */
function ended(view: RunView, curve: Curve): Finding | null {
  const count = curve.y.length;
  const tail = median(curve.y, count - Math.max(5, Math.round(0.02 * count)));
  const start = startLevel(curve);
  const best = curve.smooth[curve.best]!;
  const rise = tail - best;
  const gained = Math.max(0, start - best);
  const left = isPositive(curve) ? tail >= LEAVES * best : tail >= start + 0.5 * spread(curve);
  const far = isPositive(curve) && tail > FAR_ABOVE_START * start;
  // A validation loss alone may double by overfitting; only above its start it has diverged.
  if (!(far || (left && (curve !== view.val || tail > start)))) return null;
  if (rise < Math.max(0.25 * gained, 5 * noiseBefore(curve)) || (comesBack(curve, rise) && !far)) return null;
  const onset = leaving(curve, best + 0.25 * rise);
  // Fewer than 4 points above: one bad stretch at the end of a live log, too early to tell.
  if (count - onset < 4) return null;
  if (restarted(view, onset) && tail < start) return null;
  // What leaves slowly is not seen to rise within a few points, nor are its parts.
  if (isReweighted(view, curve, onset, Math.max(onset, count - 5))) return null;
  const began = beginning(curve, onset, best + 0.25 * rise);
  if (validationGains(view, curve) && evaluatedSince(view, began)) return null;
  if (curve === view.train && onlyTrainingRose(view, best + 0.25 * rise)) return null;
  const kept = curve.y[curve.keep]!;
  return {
    id: 'divergence',
    family: 'unstable',
    severity: curve.keep < firstFew(curve) ? 'warning' : 'error',
    onset: placeAt(curve, began),
    best: bestOf(curve),
    evidence: { best: kept, initial: start, last: tail, ...(kept > 0 ? { ratio: tail / kept } : {}) },
    series: [...curve.members],
    message: leftText(curve, began, tail),
  };
}

function leftText(curve: Curve, onset: number, tail: number): string {
  const kept = curve.y[curve.keep]!;
  const left = [nameOf(curve), valueOf(curve, kept), where(curve, curve.keep), where(curve, onset)] as const;
  if (kept > 0)
    return l10n.t(
      '{0} left its best {1} ({2}) at {3} and stands at {4}, {5} times the best: training diverged and does not come back.',
      ...left,
      number(tail),
      number(tail / kept),
    );
  return l10n.t(
    '{0} left its best {1} ({2}) at {3} and stands at {4}: training diverged and does not come back.',
    ...left,
    number(tail),
  );
}

/** The curve spent a fifth of the run at ten times its first level, wherever it is now. */
function wentWild(view: RunView, curve: Curve): Finding | null {
  const first = Math.max(startLevel(curve), curve.y[0]!);
  const start = Math.min(startLevel(curve), curve.y[0]!);
  if (!isPositive(curve) || curve.y.length < 8) return null;
  const far = curve.y.filter((value) => value > FAR_ABOVE_START * start).length;
  const peak = Math.max(...curve.y);
  if (far < WILD_SHARE * curve.y.length || far < 4 || !(peak > FAR_ABOVE_START * start)) return null;
  // A high first level that is only left behind is a good start, however slowly.
  const at = curve.y.findIndex((value) => value > FAR_ABOVE_START * start);
  if (at < 1 || validationGains(view, curve) || !(peak > 1.5 * first)) return null;
  return {
    id: 'divergence',
    family: 'unstable',
    severity: 'warning',
    onset: placeAt(curve, at),
    evidence: { initial: start, peak, share: far / curve.y.length, last: endLevel(curve) },
    series: [...curve.members],
    message: l10n.t(
      '{0} began at {1}, rose to {2} from {3} on and spent {4} of the run at more than ten times its first level.',
      ...[nameOf(curve), number(start), number(peak), where(curve, at), percent(far / curve.y.length)],
    ),
  };
}

/** How many points are no training yet. */
function firstFew(curve: Curve): number {
  return curve.y.length < 30 ? 3 : 5;
}

/** Noise up to the best point: the divergence itself must not hide it. */
function noiseBefore(curve: Curve): number {
  const before = curve.best + 1;
  if (before < 6) return 0;
  const differences = new Float64Array(before - 1);
  for (let i = 1; i < before; i++) differences[i - 1] = Math.abs(curve.y[i]! - curve.y[i - 1]!);
  return (1.4826 * median(differences)) / Math.SQRT2;
}

function comesBack(curve: Curve, rise: number): boolean {
  let peak = curve.best;
  for (let i = curve.best; i < curve.y.length; i++) if (curve.smooth[i]! > curve.smooth[peak]!) peak = i;
  const up = curve.smooth[peak]! - curve.smooth[curve.best]!;
  return rise < 0.7 * up;
}

/** First point after which the smoothed curve stays above `level`. */
function leaving(curve: Curve, level: number): number {
  let at = curve.y.length - 1;
  while (at > curve.best + 1 && curve.smooth[at - 1]! > level) at--;
  return at;
}

/** The smoothed curve trails a jump: where the curve itself went above `level` for good. */
function beginning(curve: Curve, onset: number, level: number): number {
  let at = onset;
  while (at > curve.best + 1 && curve.y[at - 1]! > level) at--;
  return at;
}

/** Both losses stand far above their first level, be it for a single point: no bad stretch of a live log. */
function exploded(view: RunView, curve: Curve): Finding | null {
  const { val } = view;
  if (!val || val === curve || !isPositive(curve) || !isPositive(val) || val.y.length < 3) return null;
  const [start, last] = [startLevel(curve), curve.y.at(-1)!];
  if (!(last > FAR_ABOVE_START * start) || !(val.y.at(-1)! > FAR_ABOVE_START * startLevel(val))) return null;
  return {
    id: 'divergence',
    family: 'unstable',
    severity: 'error',
    onset: placeAt(curve, leaving(curve, 2 * start)),
    best: bestOf(curve),
    evidence: { initial: start, last, lastVal: val.y.at(-1)! },
    series: [...curve.members, ...val.members],
    message: l10n.t(
      '{0} stands at {1}, {2} times its first level, and {3} at {4}: training explodes.',
      ...[nameOf(curve), number(last), number(last / start), nameOf(val), number(val.y.at(-1)!)],
    ),
  };
}

/** True when the learning rate was raised by half around the onset: a warm restart or a new stage. */
function restarted(view: RunView, onset: number): boolean {
  const lr = view.lrAtTrain;
  if (!lr) return false;
  const reach = Math.max(3, Math.round(0.05 * lr.length));
  const before = lr[Math.max(0, onset - reach)]!;
  const after = lr[Math.min(lr.length - 1, onset + 1)]!;
  let peak = 0;
  for (let i = 0; i <= Math.max(0, onset - reach); i++) peak = Math.max(peak, lr[i]!);
  // Back up to where it has been is a restart; beyond it is a rate that was too high (or a range test).
  return onset > reach && before > 0 && after > 1.5 * before && after <= 1.05 * peak;
}
