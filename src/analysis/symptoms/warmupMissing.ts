/**
 * Early blow-up at the peak learning rate: the run began at full rate, and its loss leaves in its first steps.
 *
 * Source: the seed document ("training unstable: longer warmup"); the symptom list: a spike or divergence in the first
 * 5 % of a run whose learning rate starts at its peak. Needs a logged learning rate (constant rates start at their peak,
 * too) and a loss per step: the median of five points within the first 5 % (20 points at least) must be 1.5 x the first
 * level. Information where the loss was back below its first level in the next 5 %, else a warning.
 */
import * as l10n from '@vscode/l10n';
import type { Finding } from '../diagnosis';
import { placeAt } from '../curve';
import { enough, isExcerpt, isPositive, startLevel } from '../measure';
import type { RunView } from '../pairing';
import { median, quantile } from '../robust';
import { nameOf, number, percent, where } from '../wording';

const HEAD = 0.05;
const MIN_HEAD = 20;
const JUMP = 1.5;
const LASTS = 5;
const AT_PEAK = 0.95;

/** Finds a training loss that rose far above its first level at once, at a learning rate that began at its peak. */
export function detectWarmupMissing(view: RunView): Finding | null {
  const { train, lrAtTrain } = view;
  if (view.kind !== 'supervised' || !enough(view, train) || !lrAtTrain || !isPositive(train)) return null;
  const head = Math.max(MIN_HEAD, Math.round(HEAD * train.y.length));
  if (train.y.length < 2 * head || isExcerpt(train)) return null;
  const peakRate = quantile(lrAtTrain, 1);
  if (!(lrAtTrain[0]! >= AT_PEAK * peakRate) || !(peakRate > 0)) return null;
  // One small batch is no level: the first values together, and a jump out of their noise.
  const start = Math.max(train.y[0]!, startLevel(train));
  const clear = Math.max(JUMP * start, start + 4 * train.noise);
  let at = -1;
  for (let i = 1; i + LASTS <= head; i++) {
    if (at < 0 && train.y[i]! > clear && median(train.y, i, i + LASTS) > clear) at = i;
  }
  if (at < 0) return null;
  const peak = Math.max(...train.y.subarray(at, head));
  const after = median(train.y, head, 2 * head);
  return {
    id: 'warmup-missing',
    family: 'unstable',
    severity: after > start ? 'warning' : 'info',
    onset: placeAt(train, at),
    evidence: { first: start, peak, after, learningRateShare: lrAtTrain[0]! / peakRate },
    series: [...train.members, ...(view.lr?.members ?? [])],
    message: l10n.t(
      '{0} rose from {1} to {2} at {3}, in the first {4} of the run, at a learning rate that starts at its peak of {5}.',
      ...[nameOf(train), number(start), number(peak), where(train, at)],
      ...[percent(head / train.y.length), number(peakRate)],
    ),
  };
}
