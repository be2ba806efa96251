/**
 * When an overfitting training can be stopped, and which checkpoint to keep.
 *
 * A verdict comes early, after a few evaluations above the best; whoever stops a training wants to be surer that no better
 * one will come. Ten evaluations of patience alone keep the best checkpoint of nine in ten overfitting trainings (the
 * usual patience of early stopping is 3 to 10), and a rise of 5 % alone of eight in ten. With both, and the end above the
 * best by five times the noise of the curve, it was the best of the whole log in 98 % of the recorded trainings
 * (`model/data`, the parts to learn from and to calibrate on), after 10 evaluations in the median.
 */
import * as l10n from '@vscode/l10n';
import { bestOf, type Curve } from './curve';
import type { Label, Stopping } from './diagnosis';
import { isPositive, MIN_EVALUATIONS, spread } from './measure';
import type { RunView } from './pairing';
import { median } from './robust';
import { nameOf, valueOf, where } from './wording';

const PATIENCE = 10;
const RISE = 0.05;
const OUT_OF_NOISE = 5;
/** The end is the median of that many evaluations. */
const LAST = 3;

/** The checkpoint to keep of a run that overfits, once nothing better is to be expected; null before. */
export function stoppingOf({ val }: RunView, label: Label): Stopping | null {
  if (label !== 'overfitting' || !val || val.y.length < MIN_EVALUATIONS) return null;
  const evaluations = val.y.length - 1 - val.keep;
  if (evaluations < PATIENCE) return null;
  const best = val.y[val.keep]!;
  const end = median(val.y, val.y.length - LAST);
  const rise = (end - best) / unit(val, best);
  if (rise < RISE || end - best < OUT_OF_NOISE * val.noise) return null;
  return {
    best: bestOf(val),
    evaluations,
    rise,
    message: l10n.t(
      'Keep the checkpoint at {0} ({1}): in the {2} evaluations since then {3} has stayed above that, well out of its noise.',
      ...[where(val, val.keep), valueOf(val, best), evaluations, nameOf(val)],
    ),
  };
}

/** Ratios mean nothing below zero: there the range is the unit. */
function unit(val: Curve, best: number): number {
  return isPositive(val) ? best : spread(val) || 1;
}
