/**
 * Why the curves look like overfitting, where no detector is certain of it: training went on without validation.
 *
 * The detectors' definitions must hold by themselves and are narrow; here the network has spoken first (`verdict.ts`), so
 * a wider one is enough to say why: a best validation loss that is past, above the noise, under a training loss that
 * went on falling. Where validation jumps (`val-jitter`), above the noise means above that of single evaluations.
 */
import * as l10n from '@vscode/l10n';
import type { Finding } from '../diagnosis';
import { bestOf, placeAt } from '../curve';
import { endLevel, enough, isPositive, spread } from '../measure';
import type { RunView } from '../pairing';
import { median } from '../robust';
import { detectValJitter } from '../symptoms/valJitter';
import { nameOf, number, percent, valueOf, where } from '../wording';

/** Share of the evaluations since the best. */
const SINCE = 0.25;
const MIN_SINCE = 3;
/** Of its range that training must have fallen since. */
const LEARNED_ON = 0.03;
/** Less of a rise is as good as the best: the oracle's own margin. */
const RISE = 0.03;
/**
 * Times the noise of one evaluation, where no single evaluation can be trusted (`val-jitter`): the lowest of many such values
 * lies that far below the level without any rise. Source: the three of `val-loss-rising`.
 */
const OUT_OF_NOISE = 3;

/** A best validation loss that is past while training falls; null where that is not what the curves show. */
export function suspectOverfitting(view: RunView): Finding | null {
  const { train, val, trainAtVal } = view;
  if (!enough(view, val) || !train || !trainAtVal) return null;
  const count = val.y.length;
  if (count - 1 - val.best < Math.max(MIN_SINCE, SINCE * count)) return null;
  const before = median(trainAtVal, Math.max(0, val.best - 1), val.best + 2);
  const after = median(trainAtVal, count - Math.max(3, Math.round(0.1 * count)));
  if (before - after < LEARNED_ON * spread(train)) return null;
  const best = val.smooth[val.best]!;
  const last = endLevel(val, 0.1);
  const riseFrom = (low: number) => (isPositive(val) ? last / low - 1 : (last - low) / (spread(val) || 1));
  if (!(riseFrom(best) > RISE)) return null;
  if (last - best < OUT_OF_NOISE * val.noise && detectValJitter(view)) return null;
  // What is told is the checkpoint to keep, unless one lucky value has only just been it.
  const told = count - 1 - val.keep < MIN_SINCE ? val.best : val.keep;
  const rise = riseFrom(val.y[told]!);
  return {
    id: 'past-the-optimum',
    family: 'overfitting',
    severity: 'warning',
    onset: placeAt(val, Math.min(val.best + 1, count - 1)),
    best: bestOf(val, told),
    evidence: {
      bestVal: val.y[told]!,
      lastVal: last,
      rise,
      evaluationsSince: count - 1 - told,
      trainAtBest: before,
      lastTrain: after,
    },
    series: [...val.members, ...train.members],
    message: l10n.t(
      '{0} was best at {1} ({2}) and is {3} above that {4} evaluations later, while {5} went from {6} to {7}: the curves look like those of models that learn their training set by heart.',
      ...[nameOf(val), where(val, told), valueOf(val, val.y[told]!), percent(rise), count - 1 - told],
      ...[nameOf(train), number(before), number(after)],
    ),
  };
}
