/**
 * Training data learned by heart: nothing is left to learn there, and validation is clearly worse.
 *
 * Source: TheDeepChecker (training loss below 1e-5, or accuracy above 0.995 with a gap above 0.05). A loss has no unit
 * that is known here, so "next to nothing" is 1e-4 of its first level, with validation a hundred times higher and no
 * longer gaining. Calibrated on the data set of real trainings (docs/evaluation.md): networks that interpolate their
 * data and generalise well are common, so it is information unless the gap is a tenth of all answers and the validation
 * loss is, too, 5 % above its best.
 */
import * as l10n from '@vscode/l10n';
import type { Finding } from '../diagnosis';
import { placeAt } from '../curve';
import { endLevel, enough, firstLevel, isPositive } from '../measure';
import type { RunView } from '../pairing';
import { nameOf, number, percent, points, valueOf } from '../wording';

const TOP = 0.995;
const GAP = 0.05;
const SERIOUS_GAP = 0.1;
const RISEN = 1.05;
const NOTHING = 1e-4;
const WORSE = 100;

/** Finds a training accuracy of one, or a training loss of next to nothing, beside a validation that is worse. */
export function detectMemorised(view: RunView): Finding | null {
  if (view.kind !== 'supervised') return null;
  return byAccuracy(view) ?? byLoss(view);
}

function byAccuracy(view: RunView): Finding | null {
  const { trainQuality: train, valQuality, val } = view;
  if (!train?.isFraction || !enough(view, valQuality) || !valQuality.isFraction) return null;
  if (train.series.name !== valQuality.series.name || train.y.length < 3) return null;
  const top = -endLevel(train);
  const gap = top + endLevel(valQuality);
  if (!(top > TOP) || !(gap > GAP)) return null;
  const risen = enough(view, val) && isPositive(val) ? endLevel(val) > RISEN * val.smooth[val.best]! : false;
  const since = train.smooth.findIndex((value) => -value > TOP);
  return {
    id: 'memorised',
    family: 'overfitting',
    severity: gap >= SERIOUS_GAP && risen ? 'warning' : 'info',
    onset: placeAt(train, Math.max(0, since)),
    evidence: { trainAccuracy: top, valAccuracy: top - gap, gap },
    series: [...train.members, ...valQuality.members],
    message: l10n.t(
      '{0} is {1}, so the training data is learned by heart, and {2} is {3}, {4} below it.',
      ...[nameOf(train), percent(top), nameOf(valQuality), valueOf(valQuality, gap - top), points(gap)],
    ),
  };
}

function byLoss(view: RunView): Finding | null {
  const { train, val } = view;
  if (!enough(view, train) || !enough(view, val) || !isPositive(train) || !isPositive(val)) return null;
  const start = firstLevel(train);
  const end = endLevel(train);
  const valEnd = endLevel(val);
  // A validation loss that still falls, too, has nothing wrong with it.
  if (!(end < NOTHING * start) || !(valEnd > WORSE * end) || val.best > 0.9 * (val.y.length - 1)) return null;
  const since = train.smooth.findIndex((value) => value < NOTHING * start);
  return {
    id: 'memorised',
    family: 'overfitting',
    severity: 'info',
    onset: placeAt(train, Math.max(0, since)),
    evidence: { first: start, lastTrain: end, lastVal: valEnd },
    series: [...train.members, ...val.members],
    message: l10n.t(
      '{0} fell from {1} to {2}, which leaves nothing to learn, while {3} stands at {4}.',
      ...[nameOf(train), number(start), number(end), nameOf(val), number(valEnd)],
    ),
  };
}
