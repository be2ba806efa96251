/**
 * Training and validation together, both flat, both poor: the model cannot do better.
 *
 * Source: AUTOTRAINER (both within 10 % of each other and flat; poor against the user's own target where one is set,
 * here `target_accuracy` of the log's context). Without a target only an accuracy says what poor is: below 0.6, in a run
 * whose loss kept more than half of its first level. It is a warning while the learning rate is still high or when the
 * target is missed, else information: the best that can be reached on a hard task looks the same.
 */
import * as l10n from '@vscode/l10n';
import type { Finding } from '../diagnosis';
import { placeAt } from '../curve';
import { endLevel, enough, firstLevel, flatSince, isFlat, isPositive, lrShare, warmsUp } from '../measure';
import type { RunView } from '../pairing';
import { nameOf, number, percent } from '../wording';

const TOGETHER = 0.1;
const POOR = 0.6;
const KEPT = 0.5;
const CAME_FROM = 0.7;
const FLAT_SHARE = 0.4;
const MIN_POINTS = 12;
const DECAYED = 0.1;

/** Finds two flat losses side by side with an accuracy that is poor. */
export function detectHighBias(view: RunView): Finding | null {
  const { train, val, trainAtVal } = view;
  if (view.kind !== 'supervised' || !enough(view, train) || !enough(view, val) || !trainAtVal) return null;
  if (!isPositive(train) || !isPositive(val) || val.y.length < MIN_POINTS || warmsUp(view)) return null;
  const quality = [view.trainQuality, view.valQuality].find(
    (c) => c?.isFraction && c.series.name === 'accuracy' && c.y.length >= 5,
  );
  if (!quality) return null;
  const accuracy = -endLevel(quality, 0.2);
  const target = Number(view.run.context.get('target_accuracy') ?? Number.NaN);
  const missed = accuracy < target;
  // What began where it ended came trained, or belongs to a task in which few answers can be right.
  const rose = -firstLevel(quality) < CAME_FROM * accuracy;
  if (!(Number.isNaN(target) ? accuracy < POOR : missed)) return null;
  const level = endLevel(val, 0.2);
  const apart = Math.abs(trainAtVal.at(-1)! - level) / Math.max(level, trainAtVal.at(-1)!);
  if (apart > TOGETHER || endLevel(train, 0.2) < KEPT * firstLevel(train)) return null;
  const still = [train, val, quality].every((c) => isFlat(c, Math.round(c.y.length * (1 - FLAT_SHARE))));
  if (!still) return null;
  const lr = lrShare(view);
  const onset = flatSince(val);
  const flat = [
    ...[nameOf(train), nameOf(val), percent(TOGETHER), number(level), nameOf(quality), percent(accuracy)],
  ];
  return {
    id: 'high-bias',
    family: 'underfitting',
    severity: missed || (rose && lr !== null && lr > DECAYED) ? 'warning' : 'info',
    onset: placeAt(val, onset),
    evidence: { lastTrain: trainAtVal.at(-1)!, lastVal: level, apart, accuracy },
    series: [...train.members, ...val.members, ...quality.members],
    message: missed
      ? l10n.t(
          '{0} and {1} lie within {2} of each other, flat at {3}, with {4} at {5} against a target of {6}: the model does not fit its training data either.',
          ...flat,
          percent(target),
        )
      : l10n.t(
          '{0} and {1} lie within {2} of each other, flat at {3}, with {4} at {5}: the model does not fit its training data either.',
          ...flat,
        ),
  };
}
