/**
 * Validation jumps while training is smooth.
 *
 * Source: the seed document on BatchNorm ("running statistics cause train/inference discrepancy", poor with small
 * batches); a small validation set does the same. Noise is measured against the level, over the same span: validation's
 * must be eight times training's and a tenth of its own level, for twelve evaluations. What it decides is which
 * evaluation one believes, and the model may be fine: information, and a warning where the jumps exceed half the level.
 */
import type { Finding } from '../diagnosis';
import { placeAt } from '../curve';
import { enough, isPositive } from '../measure';
import type { RunView } from '../pairing';
import { median, noise } from '../robust';
import { nameOf, percent } from '../wording';

const TIMES = 8;
const OF_LEVEL = 0.1;
const SERIOUS = 0.5;
const MIN_POINTS = 12;

/** Finds a validation loss that is far noisier than the training loss. */
export function detectValJitter(view: RunView): Finding | null {
  const { val, train, trainAtVal } = view;
  if (view.kind !== 'supervised' || !enough(view, val) || !train || !trainAtVal) return null;
  if (val.y.length < MIN_POINTS || !isPositive(val) || !isPositive(train)) return null;
  const from = Math.floor(val.y.length / 4);
  const level = median(val.y, from);
  const jitter = noise(val.y, from) / level;
  const calm = noise(trainAtVal, from) / median(trainAtVal, from);
  if (!(jitter >= OF_LEVEL) || !(jitter >= TIMES * calm)) return null;
  return {
    id: 'val-jitter',
    family: 'unstable',
    severity: jitter >= SERIOUS ? 'warning' : 'info',
    onset: placeAt(val, from),
    evidence: { valNoise: jitter, trainNoise: calm, level },
    series: [...val.members, ...train.members],
    message:
      `${nameOf(val)} jumps by ${percent(jitter)} of its level from one evaluation to the next while ${nameOf(train)} moves ` +
      `by ${percent(calm)}: batch-norm statistics of small batches, or a validation set that is small.`,
  };
}
