/**
 * Training loss above validation loss throughout: what holds training back is off in validation.
 *
 * Source: TheDeepChecker; the seed document ("train loss won't drop: less regularisation"). Definition: train > 1.1 x
 * val in half of the evaluations or more, and at the end. That is what dropout, mixup and label smoothing do in good
 * health (label smoothing alone raises the training loss that is logged), so it is information; it is a warning only
 * where the result is poor as well: an accuracy below 0.6 at rest with training 10 points below validation.
 */
import * as l10n from '@vscode/l10n';
import type { Finding } from '../diagnosis';
import { placeAt } from '../curve';
import { endLevel, enough, isFlat, isPositive } from '../measure';
import type { RunView } from '../pairing';
import { median } from '../robust';
import { nameOf, number, percent } from '../wording';

const ABOVE = 1.1;
const SHARE = 0.5;
/** The first evaluations compare an average over untrained steps with the model after them. */
const SKIP = 0.1;
const POOR = 0.6;
const HELD_DOWN = 0.1;

/** Finds a training loss that stays above the validation loss. */
export function detectOverRegularised(view: RunView): Finding | null {
  const { train, val, trainAtVal } = view;
  if (view.kind !== 'supervised' || !train || !trainAtVal || !enough(view, val)) return null;
  if (!isPositive(train) || !isPositive(val)) return null;
  const count = val.y.length;
  const from = Math.max(1, Math.round(SKIP * count));
  let above = 0;
  for (let i = from; i < count; i++) if (trainAtVal[i]! > ABOVE * val.smooth[i]!) above++;
  const share = above / (count - from);
  const after = median(trainAtVal, count - Math.max(3, Math.round(0.1 * count)));
  const level = endLevel(val, 0.1);
  if (share < SHARE || !(after > ABOVE * level)) return null;
  return {
    id: 'over-regularised',
    family: 'underfitting',
    severity: isPoor(view) ? 'warning' : 'info',
    onset: placeAt(val, from),
    evidence: { share, ratio: after / level, lastTrain: after, lastVal: level },
    series: [...train.members, ...val.members],
    message: l10n.t(
      '{0} ({1}) is above {2} ({3}) in {4} of the run: dropout, augmentation or label smoothing hold training back, or validation is easier.',
      ...[nameOf(train), number(after), nameOf(val), number(level), percent(share)],
    ),
  };
}

function isPoor(view: RunView): boolean {
  const { trainQuality: train, valQuality: val } = view;
  if (!enough(view, train) || !enough(view, val) || !train.isFraction || !val.isFraction) return false;
  if (val.series.name !== 'accuracy' || train.series.name !== 'accuracy') return false;
  const atRest = isFlat(val, Math.round(0.6 * val.y.length));
  return atRest && -endLevel(val, 0.2) < POOR && endLevel(train, 0.2) - endLevel(val, 0.2) > HELD_DOWN;
}
