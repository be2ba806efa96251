/**
 * What a reader of the log alone could see of a truth that the oracle knows. What nobody could see is no example and
 * counts in no figure: a network that learned it would have learned to guess.
 */
import type { History, Points } from './history';
import { statusOf } from './history';
import { riseOf } from '../rateSweep';
import { excursions, finite, median3, THROWN } from './oracleCurves';

/** Accuracy below which a log that shows it shows a poor result. */
const POOR_ACCURACY = 0.6;
/** An excursion that the log shows: a little less than one that the oracle counts. */
const SHOWN = 0.7 * THROWN.clear;
/** A best value is the median of three, so that the luckiest of many noisy ones is none. */
const ENOUGH = 6;

/** The log's own validation set, which may be small and lucky, shows a loss of quality by `factor` as well. */
export function showsRise({ log, oracle }: History, seen: number, factor: number): boolean {
  const end = oracle.x[seen - 1]!;
  const loss = log.val ? upTo(log.val, end) : [];
  if (loss.length >= ENOUGH) {
    return median3(loss, loss.length) > factor * Math.min(...medians(loss).slice(0, -2));
  }
  const accuracy = log.val_accuracy ? upTo(log.val_accuracy, end) : [];
  return (
    accuracy.length >= ENOUGH && median3(accuracy, accuracy.length) < Math.max(...finite(accuracy)) - 0.02
  );
}

/** The log holds an accuracy, and it is poor. */
export function showsPoor(history: History, seen: number): boolean {
  const accuracy = shownAccuracy(history, seen);
  return accuracy !== null && accuracy < POOR_ACCURACY;
}

/** The log holds an accuracy, and it is not poor. */
export function showsGood(history: History, seen: number): boolean {
  const accuracy = shownAccuracy(history, seen);
  return accuracy !== null && accuracy >= POOR_ACCURACY;
}

function shownAccuracy({ log, oracle }: History, seen: number): number | null {
  const shown = log.train_accuracy ?? log.val_accuracy;
  return shown && oracle.test_accuracy?.length ? median3(oracle.test_accuracy, seen) : null;
}

/** An excursion of the loss is there in a column of the log, not only on clean data. */
export function showsExcursion({ log, oracle }: History, seen: number): boolean {
  return [log.train, log.val].some((points) => {
    if (!points) return false;
    const values = perEvaluation(points, oracle.x.slice(0, seen));
    return values.length >= 3 && excursions(values, values.length).largest >= SHOWN;
  });
}

/** The log says that the training is over, so that what it could still have won is lost. */
export function showsEnd(history: History, seen: number): boolean {
  return statusOf(history, seen >= history.evaluations) === 'finished';
}

/** The log shows a learning rate that rises in equal ratios to its end: a range test breaks its loss like that on purpose. */
export function showsRangeTest({ log, oracle }: History, seen: number): boolean {
  const rates = log.learning_rate ? upTo(log.learning_rate, oracle.x[seen - 1]!) : [];
  return riseOf(Float64Array.from(rates)) === 'exponential';
}

/** Median of a column between one evaluation and the next, where there is any. */
function perEvaluation({ x, y }: Points, ends: readonly number[]): number[] {
  const result: number[] = [];
  let from = 0;
  for (const end of ends) {
    let to = from;
    while (to < x.length && x[to]! <= end) to++;
    const values = finite(y.slice(from, to)).sort((a, b) => a - b);
    if (to > from) result.push(values[values.length >> 1]!);
    from = to;
  }
  return result;
}

function medians(values: readonly number[]): number[] {
  return values.slice(2).map((_, i) => median3(values, i + 3));
}

function upTo({ x, y }: Points, end: number): number[] {
  return y.filter((_, i) => x[i]! <= end);
}
