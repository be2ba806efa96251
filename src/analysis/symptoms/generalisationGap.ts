/**
 * A wide gap between training and validation, while validation stands still.
 *
 * Source: AUTOTRAINER (train/val loss below 0.5 and ten evaluations without a new best; accuracy gap of 0.10, of 0.07
 * where training is above 0.9). Calibrated on the data set of real trainings (docs/evaluation.md): a gap alone says
 * that more data would help, not that training went wrong, and most large healthy networks have one. So it is
 * information; it becomes a warning where validation is far behind (a quarter of all answers), training has all but
 * learned its set by heart and more than half of the run was spent since validation last gained.
 */
import * as l10n from '@vscode/l10n';
import type { Finding } from '../diagnosis';
import { bestOf, placeAt } from '../curve';
import { endLevel, enough, isPositive, lastGain } from '../measure';
import type { RunView } from '../pairing';
import { nameOf, number, percent, points, valueOf, where } from '../wording';

const LOSS_RATIO = 0.5;
const ACCURACY_GAP = 0.1;
const ACCURACY_GAP_NEAR_TOP = 0.07;
const NEAR_TOP = 0.9;
const PATIENCE = 10;
/** Smallest gain that counts as a new best: of a loss, relative; of an accuracy, in points of the whole. */
const GAIN = { loss: 0.01, accuracy: 0.005 };
const SERIOUS = { gap: 0.25, train: 0.97, since: 0.5 };

/** Finds a wide gap of accuracies, or of losses where no two accuracies are logged, with validation at rest. */
export function detectGeneralisationGap(view: RunView): Finding | null {
  if (view.kind !== 'supervised') return null;
  return ofAccuracies(view) ?? ofLosses(view);
}

function ofAccuracies(view: RunView): Finding | null {
  const { trainQuality: train, valQuality: val } = view;
  if (!train?.isFraction || train.y.length < 3 || !enough(view, val) || !val.isFraction) return null;
  if (train.series.name !== val.series.name) return null;
  const top = -endLevel(train, 0.1);
  const gap = top + endLevel(val, 0.1);
  if (gap < (top > NEAR_TOP ? ACCURACY_GAP_NEAR_TOP : ACCURACY_GAP)) return null;
  const at = lastGain(val, (value, best) => value < best - GAIN.accuracy);
  const since = val.y.length - 1 - at;
  if (since < PATIENCE) return null;
  const serious = gap >= SERIOUS.gap && top >= SERIOUS.train && since >= SERIOUS.since * val.y.length;
  return {
    id: 'generalisation-gap',
    family: 'overfitting',
    severity: serious ? 'warning' : 'info',
    onset: placeAt(val, Math.min(at + 1, val.y.length - 1)),
    best: bestOf(val),
    evidence: { gap, train: top, val: top - gap, evaluationsSince: since },
    series: [...val.members, ...train.members],
    message: l10n.t(
      '{0} is at {1} and {2} {3} below it, without a new best in the {4} evaluations since {5}.',
      ...[nameOf(train), valueOf(train, -top), nameOf(val), points(gap), since, where(val, at)],
    ),
  };
}

function ofLosses(view: RunView): Finding | null {
  const { train, val, trainAtVal } = view;
  if (!train || !trainAtVal || !enough(view, val) || !isPositive(val) || !isPositive(train)) return null;
  const after = trainAtVal.at(-1)!;
  const level = endLevel(val, 0.1);
  if (!(after / level < LOSS_RATIO)) return null;
  const at = lastGain(val, (value, best) => value < best * (1 - GAIN.loss));
  const since = val.y.length - 1 - at;
  // Curves that count different things (a summed training loss) are apart from the first evaluation on.
  if (since < PATIENCE || trainAtVal[0]! / val.y[0]! < LOSS_RATIO) return null;
  return {
    id: 'generalisation-gap',
    family: 'overfitting',
    severity: 'info',
    onset: placeAt(val, Math.min(at + 1, val.y.length - 1)),
    best: bestOf(val),
    evidence: { ratio: after / level, lastTrain: after, lastVal: level, evaluationsSince: since },
    series: [...val.members, ...train.members],
    message: l10n.t(
      '{0} is at {1}, {2} of {3} ({4}), which has gained less than 1 % in the {5} evaluations since {6}.',
      ...[nameOf(train), number(after), percent(after / level)],
      ...[nameOf(val), number(level), since, where(val, at)],
    ),
  };
}
