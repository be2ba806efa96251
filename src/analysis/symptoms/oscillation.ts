/**
 * Swings: training goes up and down by a good part of its way, again and again.
 *
 * Source: TheDeepChecker (direction switches in more than half of 50 points with an amplitude above 10 % of the range)
 * and AUTOTRAINER (accuracy swings of 0.03 in a fifth of the epochs). Minibatch losses do both in good health, so what
 * is looked at is the level: the median training loss between two evaluations, from which most of the minibatch noise
 * is gone, over the last 50 of them. Calibrated on the data set of real trainings (docs/evaluation.md): the swings must
 * be a quarter of all that was gained since the start, and validation must swing as well, which it does not when only
 * the minibatches are noisy. Where nothing is validated, one curve with a value each epoch stands for the level.
 */
import * as l10n from '@vscode/l10n';
import type { Finding } from '../diagnosis';
import { placeAt, type Curve } from '../curve';
import { enough, isPerEpoch, isPositive, startLevel } from '../measure';
import type { RunView } from '../pairing';
import { median } from '../robust';
import { nameOf, number, percent } from '../wording';

const WINDOW = 50;
const SWITCHES = 0.5;
/** A swing counts from this share of what was gained (and of the level) on. */
const SWING = 0.25;
const OF_LEVEL = 0.25;
/** Share of the points of the window that must swing. */
const OFTEN = 0.2;
const MIN_POINTS = 12;

interface Swings {
  from: number;
  share: number;
  size: number;
}

/** Finds a training level and a validation loss that both swing widely. */
export function detectOscillation(view: RunView): Finding | null {
  const { train, val, trainAtVal } = view;
  if (view.kind !== 'supervised' || !enough(view, train) || !isPositive(train)) return null;
  const paired = val !== null && trainAtVal !== null && val.y.length >= MIN_POINTS && isPositive(val);
  if (!paired && (val || train.y.length < MIN_POINTS || !isPerEpoch(train))) return null;
  const level = paired ? trainAtVal : train.y;
  const axis = paired ? val : train;
  const swings = swingsOf(level, startLevel(train));
  if (!swings || (paired && !swingsOf(val.y, startLevel(val)))) return null;
  const low = Math.min(...level.subarray(swings.from));
  const high = Math.max(...level.subarray(swings.from));
  const looked = level.length - swings.from;
  const about = [
    ...[nameOf(train), number(low), number(high), percent(swings.share), looked, number(swings.size)],
  ];
  return {
    id: 'oscillation',
    family: 'unstable',
    severity: 'warning',
    onset: placeAt(axis, firstSwing(axis, level, swings)),
    evidence: { low, high, swing: swings.size, share: swings.share },
    series: [...train.members, ...(paired ? val.members : [])],
    message: paired
      ? l10n.t(
          '{0} swings between {1} and {2}: in {3} of the last {4} evaluations it turns by {5} or more, and {6} swings with it.',
          ...about,
          nameOf(val),
        )
      : l10n.t(
          '{0} swings between {1} and {2}: in {3} of the last {4} evaluations it turns by {5} or more.',
          ...about,
        ),
  };
}

/** Wide swings in the last {@link WINDOW} values; null where there are too few of them. */
function swingsOf(values: Float64Array, start: number): Swings | null {
  const from = Math.max(1, values.length - WINDOW);
  const best = quietLevel(values);
  const size = Math.max(SWING * Math.max(start - best, 0), OF_LEVEL * median(values, from));
  let switches = 0;
  let wide = 0;
  const count = values.length - from;
  for (let i = from + 1; i < values.length; i++) {
    const a = values[i - 1]! - values[i - 2]!;
    const b = values[i]! - values[i - 1]!;
    if (a * b < 0) switches++;
    if (a * b < 0 && Math.max(Math.abs(a), Math.abs(b)) >= size) wide++;
  }
  if (count < MIN_POINTS - 2 || switches < SWITCHES * count || wide < OFTEN * count) return null;
  return { from, share: wide / count, size };
}

/** What the run can do: the median of its ten lowest values, so that one lucky point is no level. */
function quietLevel(values: Float64Array): number {
  return median(Float64Array.from(values).sort(), 0, Math.min(10, Math.ceil(values.length / 4)));
}

function firstSwing(axis: Curve, level: Float64Array, { size }: Swings): number {
  for (let i = 2; i < level.length; i++) {
    if (level[i]! - level[i - 1]! >= size && level[i - 1]! < level[i - 2]!)
      return Math.min(i, axis.y.length - 1);
  }
  return 0;
}
