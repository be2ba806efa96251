/**
 * Learned a little, then flat far above where it could go.
 *
 * Source: TheDeepChecker (slope of the last fifth indistinguishable from zero, relative gain below 1 %, learning
 * rate above a tenth of its peak: below, it has converged). Calibrated on generated runs: rules by patience alone
 * alarm on successful runs, because stalls lengthen as a run converges. So flatness must last 40 % of the run, and
 * something must say that the level is poor: an accuracy below 0.6 that is flat too, or a loss that lost less than
 * 30 % of its first value. Where only the loss says so, it is information: a run that ended on the floor of its task
 * (fine-tuning, distillation, contrastive losses) looks the same; so is an accuracy that began where it ended. A
 * validation loss that still falls contradicts it. Without an accuracy 30 points are needed, without a learning rate the
 * poor accuracy must be the training's own, and an excerpt from the middle of a run has no first value to compare with.
 */
import * as l10n from '@vscode/l10n';
import type { Finding } from '../diagnosis';
import { placeAt, type Curve } from '../curve';
import {
  endLevel,
  enough,
  firstLevel,
  flatSince,
  isExcerpt,
  isFlat,
  isPositive,
  lrShare,
  warmsUp,
} from '../measure';
import type { RunView } from '../pairing';
import { slope } from '../robust';
import { nameOf, number, percent, where } from '../wording';

const FLAT_SHARE = 0.4;
const POOR_ACCURACY = 0.6;
const CAME_FROM = 0.7;
const NEXT_TO_CHANCE = 0.15;
const POOR_RATIO = 0.7;
/** With a poor accuracy too, half is enough: below, the loss says that most was learned. */
const POOR_RATIO_WITH_ACCURACY = 0.5;
const MIN_POINTS = 10;
const MIN_POINTS_OF_LOSS = 30;
const DECAYED = 0.1;
/** Swings beyond it are no flat line, whatever their mean does. */
const MAX_NOISE = 0.2;

/** Finds a training loss that stopped falling early while the learning rate is still high. */
export function detectPlateau(view: RunView): Finding | null {
  const curve = enough(view, view.train) ? view.train : view.val;
  if (view.kind !== 'supervised' || !enough(view, curve) || !isPositive(curve)) return null;
  const count = curve.y.length;
  if (count < MIN_POINTS || isExcerpt(curve) || warmsUp(view)) return null;
  const lr = lrShare(view);
  if (lr !== null && lr <= DECAYED) return null;
  const start = firstLevel(curve);
  const end = endLevel(curve, 0.2);
  const ratio = end / start;
  const from = Math.round(count * (1 - FLAT_SHARE));
  if (!isFlat(curve, from) || ratio > 1.2 || curve.noise > MAX_NOISE * end) return null;

  const quality = [view.trainQuality, view.valQuality].find((c) => c?.isFraction && c.y.length >= 5);
  const accuracy = quality && quality.series.name === 'accuracy' ? quality : null;
  const level = accuracy ? -endLevel(accuracy, 0.2) : null;
  const poorAccuracy = level !== null && level < POOR_ACCURACY;
  const learnedLittle = poorAccuracy && cameFromBelow(accuracy!);
  if (view.val && view.val !== curve && stillFalls(view.val)) return null;
  if (level !== null && (!poorAccuracy || !isFlat(accuracy!, Math.round(accuracy!.y.length * 0.6))))
    return null;
  if (quality && level === null && stillClimbs(quality)) return null;
  // A fine-tuning run starts low: only the accuracy, or a ratio near 1, tells it from a plateau.
  if (!poorAccuracy && !(ratio > POOR_RATIO)) return null;
  if (ratio < POOR_RATIO_WITH_ACCURACY || (level === null && count < MIN_POINTS_OF_LOSS)) return null;
  const onset = flatSince(curve);
  const severe = learnedLittle && (lr !== null || quality === view.trainQuality);
  return {
    id: 'plateau',
    family: 'underfitting',
    severity: severe ? 'warning' : 'info',
    onset: placeAt(curve, onset),
    evidence: {
      first: start,
      last: end,
      ratio,
      flatShare: (count - onset) / count,
      ...(level !== null ? { accuracy: level } : {}),
      ...(lr !== null ? { learningRateShare: lr } : {}),
    },
    series: [...curve.members, ...(accuracy?.members ?? [])],
    message: flatText(curve, { end, onset, ratio, level, lr }),
  };
}

function flatText(
  curve: Curve,
  about: { end: number; onset: number; ratio: number; level: number | null; lr: number | null },
): string {
  const { end, onset, ratio, level, lr } = about;
  const count = curve.y.length;
  const flat = l10n.t(
    '{0} has been flat at {1} since {2} ({3} of the run), {4} below where it started',
    ...[nameOf(curve), number(end), where(curve, onset), percent((count - onset) / count)],
    percent(Math.max(0, 1 - ratio)),
  );
  if (level !== null && lr !== null)
    return l10n.t(
      '{0}, with an accuracy of {1}, though the learning rate is still {2} of its peak.',
      ...[flat, percent(level), percent(lr)],
    );
  if (level !== null) return l10n.t('{0}, with an accuracy of {1}.', flat, percent(level));
  return lr !== null
    ? l10n.t('{0}, though the learning rate is still {1} of its peak.', flat, percent(lr))
    : l10n.t('{0}.', flat);
}

/**
 * The accuracy is poor and was worse. One that began where it is belongs to a network that came trained, or to a task such
 * as predicting characters, in which four answers in ten are good.
 */
function cameFromBelow(accuracy: Curve): boolean {
  const end = -endLevel(accuracy, 0.2);
  return -firstLevel(accuracy) < CAME_FROM * end || end < NEXT_TO_CHANCE;
}

/** Validation goes on falling, so something is being learned, however flat the noisy training loss looks. */
function stillFalls(val: Curve): boolean {
  if (val.y.length < 6) return false;
  const fit = slope(val.y, Math.floor(val.y.length / 2));
  return fit.perPoint < -3 * fit.error && val.best > 0.8 * (val.y.length - 1);
}

function stillClimbs(curve: Curve): boolean {
  return curve.best > 0.8 * curve.y.length;
}
