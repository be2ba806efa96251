/**
 * No new best for long while training still improves: the compute after the best checkpoint is spent on the gap.
 *
 * Source: SageMaker Debugger's Overtraining rule (10 evaluations without a 1 % gain), AUTOTRAINER's train/val ratio
 * of 0.5 for a wide gap. Calibrated on generated runs: a converged healthy run also has no new best for long, so
 * this alone is information. It is a warning only when half the run was spent since the best, training fell to less
 * than half of validation, and no validation quality says that the model is still as good as ever.
 */
import * as l10n from '@vscode/l10n';
import type { Finding } from '../diagnosis';
import { bestOf, placeAt } from '../curve';
import { enough, isPositive, lastGain, qualityHolds } from '../measure';
import type { RunView } from '../pairing';
import { median } from '../robust';
import { nameOf, number, percent, valueOf, where } from '../wording';

const PATIENCE = 10;
const RELATIVE_GAIN = 0.01;
const WIDE_GAP = 0.5;

/** Finds a validation loss without a new best while the training loss falls; names the checkpoint to keep. */
export function detectPastTheOptimum(view: RunView): Finding | null {
  const { val, train, trainAtVal } = view;
  if (view.kind !== 'supervised' || !enough(view, val) || !train || !trainAtVal) return null;
  if (!isPositive(val)) return null;
  const count = val.y.length;
  const at = lastGain(val, (value, best) => value < best * (1 - RELATIVE_GAIN));
  const since = count - 1 - at;
  if (since < PATIENCE) return null;
  const before = median(trainAtVal, Math.max(0, at - 1), at + 2);
  const after = median(trainAtVal, count - Math.max(3, Math.round(0.1 * count)));
  const improved = before - after;
  if (improved <= Math.max(train.noise, 0.05 * Math.abs(before))) return null;

  const best = val.smooth[val.best]!;
  const last = val.smooth[count - 1]!;
  const wasted = since / count;
  const wide = after > 0 && after / last < WIDE_GAP;
  const worse = last > best * (1 + 2 * RELATIVE_GAIN);
  const serious = wide && wasted >= 0.5 && worse && improved >= 0.3 * before && qualityHolds(view) !== true;
  return {
    id: 'past-the-optimum',
    family: 'overfitting',
    severity: serious ? 'warning' : 'info',
    onset: placeAt(val, Math.min(at + 1, count - 1)),
    best: bestOf(val),
    evidence: {
      bestVal: val.y[val.keep]!,
      lastVal: last,
      evaluationsSince: since,
      shareSince: wasted,
      trainAtBest: before,
      lastTrain: after,
    },
    series: [...val.members, ...train.members],
    message: l10n.t(
      '{0} has gained less than 1 % in {1} evaluations since {2} ({3} of the run) while {4} went from {5} to {6}; the checkpoint to keep is the one at {7} with {8}.',
      ...[nameOf(val), since, where(val, at), percent(wasted), nameOf(train), number(before), number(after)],
      ...[where(val, val.keep), valueOf(val, val.y[val.keep]!)],
    ),
  };
}
