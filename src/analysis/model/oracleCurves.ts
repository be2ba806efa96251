/** What the oracle measures: levels, excursions and gaps of curves that no log shows. */
import type { History, Oracle } from './history';

/** Share of all that was learned that an excursion of the training loss threw away. */
export const THROWN = { clear: 0.5, small: 0.2 };

export interface Excursions {
  /** Evaluation with which the first clear one begins: three evaluations above, or the end of the run. */
  at: number | null;
  /** The largest, in shares of all that was learned by then. */
  largest: number;
  /** Last evaluation that lies clearly above; -1 without one. */
  last: number;
}

/** Excursions of a loss above its best so far, over its first `seen` evaluations. */
export function excursions(loss: readonly number[], seen: number): Excursions {
  let low = loss[0]!;
  let top = loss[0]!;
  let above = 0;
  const result: Excursions = { at: null, largest: 0, last: -1 };
  for (let i = 1; i < Math.min(seen, loss.length); i++) {
    low = Math.min(low, loss[i]!);
    const share = top > low ? (loss[i]! - low) / (top - low) : 0;
    // A first level above chance must not be the measure of what was learned.
    const counts = top - low > 0.2 * Math.abs(top) && loss[i]! > 1.3 * low;
    if (counts && i > 2) result.largest = Math.max(result.largest, share);
    const clear = counts && share >= THROWN.clear;
    above = clear ? above + 1 : 0;
    if (clear) result.last = i;
    if (result.at === null && (above >= 3 || (above >= 1 && share > 1.5))) result.at = i - above + 1;
    if (i < 3) top = Math.min(top, Math.max(loss[0]!, loss[i]!));
  }
  return result;
}

/** Index of the first evaluation with a value that is not finite, in the log or in the oracle; null without one. */
export function brokenAt({ log, oracle }: History, seen: number): number | null {
  const end = seen >= oracle.x.length ? Number.POSITIVE_INFINITY : oracle.x[seen - 1]!;
  for (let i = 0; i < Math.min(seen, oracle.x.length); i++) {
    if (!Number.isFinite(oracle.clean[i]!) || !Number.isFinite(oracle.test[i]!)) return i;
  }
  const train = log.train;
  const first = train ? train.y.findIndex((y, i) => !Number.isFinite(y) && train.x[i]! <= end) : -1;
  if (first < 0) return null;
  return Math.max(
    0,
    oracle.x.findIndex((x) => x >= train!.x[first]!),
  );
}

/**
 * Where the loss began, but no higher than guessing: a loss that came down from 20 to that of equal chances has learned
 * nothing. The first value of the log counts where it lies above the first evaluation, which comes later.
 */
export function firstLevel(history: History): number {
  const began = beganAt(history);
  return history.classes ? Math.min(began, Math.log(history.classes)) : began;
}

/** The loss began well above that of equal chances. */
export function beganAboveGuessing(history: History): boolean {
  return history.classes !== null && beganAt(history) > 1.5 * Math.log(history.classes);
}

function beganAt({ log, oracle, recipe }: History): number {
  const first = log.train?.y[0] ?? Number.NaN;
  // A running average that starts at zero has no first level.
  return first > oracle.clean[0]! && recipe !== 'from-zero' ? first : oracle.clean[0]!;
}

/** Accuracy on training data above that on test data at the end. */
export function gapAt({ test_accuracy: test, clean_accuracy: clean }: Oracle, seen: number): number {
  if (!test?.length || !clean?.length) return 0;
  return median3(clean, seen) - median3(test, seen);
}

/** No loss at or below zero, so that ratios mean something. */
export function isPositive({ test, clean }: Oracle, seen: number): boolean {
  return [test, clean].every((values) => values.slice(0, seen).every((value) => value > 0));
}

/** Share of its level that a loss must have lost in the last third of what was seen to be on its way. */
const ON_ITS_WAY = 0.01;

/** The loss still falls at the end of what was seen. */
export function stillFalls(loss: readonly number[], seen: number): boolean {
  const before = median3(loss, Math.ceil(0.67 * seen));
  return before - median3(loss, seen) > ON_ITS_WAY * Math.abs(before);
}

/** Median of the last three of the first `seen`. */
export function median3(values: readonly number[], seen: number): number {
  const last = values.slice(Math.max(0, seen - 3), seen).sort((a, b) => a - b);
  return last[Math.floor(last.length / 2)]!;
}

/** Index of the lowest finite value among the first `seen`; -1 without one. */
export function argmin(values: readonly number[], seen: number): number {
  let best = -1;
  for (let i = 0; i < Math.min(seen, values.length); i++) {
    if (Number.isFinite(values[i]!) && (best < 0 || values[i]! < values[best]!)) best = i;
  }
  return best;
}

/** The finite values; one infinity where there is none. */
export function finite(values: readonly number[]): number[] {
  const result = values.filter((value) => Number.isFinite(value));
  return result.length > 0 ? result : [Number.POSITIVE_INFINITY];
}
