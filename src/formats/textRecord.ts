import { UNKNOWN, type Split } from './format';
import { namedNumbers, valueOf } from './textNumbers';
import { planOf, type TextPlan } from './textPlan';

/** What one line of text says: a position, and the metrics at it. */
export interface TextRecord {
  readonly epoch: number;
  readonly totalEpochs: number;
  /** A step, or a count within the epoch; which of the two only the run tells. */
  readonly count: number;
  /** What the count runs to, where the line prints it. */
  readonly totalCount: number;
  /** The count is a progress within something (`[ 10/391]`), not a number of its own. */
  readonly isProgress: boolean;
  /** Split that the line names outside of its metrics' names, at the place of its first metric. */
  readonly split: Split | null;
  readonly keys: readonly string[];
  readonly values: readonly number[];
  /** Split of each value where its key does not tell it. */
  readonly splits: readonly (Split | null)[];
  /** The process that the line says it is from; {@link UNKNOWN} where it names none. */
  readonly rank: number;
  /** False for a bare number before the line, which may be something else. */
  readonly rankIsCertain: boolean;
}

/** A record without anything. */
export const EMPTY: TextRecord = {
  epoch: UNKNOWN,
  totalEpochs: UNKNOWN,
  count: UNKNOWN,
  totalCount: UNKNOWN,
  isProgress: false,
  split: null,
  keys: [],
  values: [],
  splits: [],
  rank: UNKNOWN,
  rankIsCertain: false,
};

/** Reads `name: value` and `name value` pairs and counters; null when the line has neither a metric nor a counter. */
export function readPairs(text: string): TextRecord | null {
  const plan = planOf(text, namedNumbers(text));
  return plan && fillPlan(plan, ({ text }) => valueOf(text));
}

/** The record of a line, given what its numbers are and how to read one. */
export function fillPlan<Source>(plan: TextPlan<Source>, read: (source: Source) => number): TextRecord {
  const { sources } = plan;
  const values = new Array<number>(sources.length);
  for (let i = 0; i < sources.length; i++) {
    const { value, of, instead } = sources[i]!;
    const whole = of === null ? 0 : read(of);
    const number = read(value);
    values[i] = whole > 0 ? number / whole : number === 0 && instead !== null ? read(instead) : number;
  }
  return {
    epoch: plan.epoch === null ? UNKNOWN : read(plan.epoch),
    totalEpochs: plan.totalEpochs === null ? UNKNOWN : read(plan.totalEpochs),
    count: plan.count === null ? UNKNOWN : read(plan.count),
    totalCount: plan.totalCount === null ? UNKNOWN : read(plan.totalCount),
    isProgress: plan.isProgress,
    split: plan.split,
    keys: plan.keys,
    values,
    splits: plan.splits,
    rank: plan.rank === null ? UNKNOWN : read(plan.rank.quantity),
    rankIsCertain: plan.rank?.certain === true,
  };
}
