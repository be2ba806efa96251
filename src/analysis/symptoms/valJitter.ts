/**
 * Validation jumps while training is smooth.
 *
 * Source: the seed document on BatchNorm ("running statistics cause train/inference discrepancy", poor with small
 * batches); a small validation set does the same. Noise is measured against the level, over the same span: validation's
 * must be eight times training's and a tenth of its own level, for twelve evaluations. What it decides is which
 * evaluation one believes, and the model may be fine: information, and a warning where the jumps exceed half the level.
 * A validation loss that jumped once and stayed, under a training loss that did not notice, is a warning as well.
 */
import * as l10n from '@vscode/l10n';
import type { Finding } from '../diagnosis';
import { bestOf, placeAt, type Curve } from '../curve';
import { endLevel, enough, isPositive } from '../measure';
import type { RunView } from '../pairing';
import { median, noise } from '../robust';
import { nameOf, number, percent, where } from '../wording';
import { jumped } from './valLossRising';

const TIMES = 8;
const OF_LEVEL = 0.1;
const SERIOUS = 0.5;
const MIN_POINTS = 12;
const MIN_POINTS_OF_JUMP = 8;

/** Finds a validation loss that is far noisier than the training loss. */
export function detectValJitter(view: RunView): Finding | null {
  const { val, train, trainAtVal } = view;
  if (view.kind !== 'supervised' || !enough(view, val) || !train || !trainAtVal) return null;
  if (val.y.length < MIN_POINTS_OF_JUMP || !isPositive(val) || !isPositive(train)) return null;
  const from = Math.floor(val.y.length / 4);
  const level = median(val.y, from);
  const jitter = noise(val.y, from) / level;
  const calm = noise(trainAtVal, from) / median(trainAtVal, from);
  const broken = collapse(view, val);
  if (broken) return broken;
  if (val.y.length < MIN_POINTS || !(jitter >= OF_LEVEL) || !(jitter >= TIMES * calm)) return null;
  return {
    id: 'val-jitter',
    family: 'unstable',
    severity: jitter >= SERIOUS ? 'warning' : 'info',
    onset: placeAt(val, from),
    evidence: { valNoise: jitter, trainNoise: calm, level },
    series: [...val.members, ...train.members],
    message: l10n.t(
      '{0} jumps by {1} of its level from one evaluation to the next while {2} moves by {3}: batch-norm statistics of small batches, or a validation set that is small.',
      ...[nameOf(val), percent(jitter), nameOf(train), percent(calm)],
    ),
  };
}

/** One jump that stayed, while training went on falling. */
function collapse({ train, trainAtVal }: RunView, val: Curve): Finding | null {
  const end = endLevel(val);
  if (!train || !trainAtVal || !jumped(val, end)) return null;
  const best = val.smooth[val.best]!;
  let at = val.best + 1;
  while (at < val.y.length - 1 && val.y[at]! < (best + end) / 2) at++;
  const [before, after] = [trainAtVal[Math.max(0, at - 1)]!, median(trainAtVal, at)];
  if (after > before + 2 * train.noise) return null;
  return {
    id: 'val-jitter',
    family: 'unstable',
    severity: 'warning',
    onset: placeAt(val, at),
    best: bestOf(val),
    evidence: { before: best, after: end, trainBefore: before, trainAfter: after },
    series: [...val.members, ...train.members],
    message: l10n.t(
      '{0} jumped from {1} to {2} at {3} and stayed there, while {4} did not notice ({5}, then {6}): look at batch-norm statistics after a bad batch, and at what is evaluated.',
      ...[
        nameOf(val),
        number(best),
        number(end),
        where(val, at),
        nameOf(train),
        number(before),
        number(after),
      ],
    ),
  };
}
