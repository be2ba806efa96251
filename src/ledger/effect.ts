import type { Outcome } from '../analysis/diagnosis';

/** What a change did to one metric: the mean best values of the runs before and after. */
export interface Effect {
  readonly metric: string;
  readonly better: Outcome['better'];
  readonly before: number;
  readonly after: number;
  /** How many runs of the same state there are of each. */
  readonly runs: readonly [number, number];
  /** Standard deviation of runs of the same state; null where none was run twice, or only with the same random numbers. */
  readonly spread: number | null;
  /** `unknown`: one run each, or repeats that are all the same: it may be the seed. */
  readonly verdict: 'better' | 'worse' | 'within noise' | 'unknown';
  readonly bestAt: readonly [Place, Place];
}

/** Where the best value was. */
export type Place = Pick<Outcome, 'step' | 'epoch'>;

/**
 * Differences of less than so many standard errors are noise: Student's t for one in twenty by chance, two-sided, by degrees of
 * freedom from 1 on (any table, such as NIST/SEMATECH e-Handbook 1.3.6.7.2); a few runs tell little of their spread.
 */
const STUDENT = [12.71, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23];
const MANY = 2.1;

/** Values that differ by less than this, relative, are the same: 32-bit numbers have 24 bits, and sums lose a few. */
const SAME = 2 ** -20;
/** Shares and percentages of one of these are the same number. */
const SHARE = /acc|f1|precision|recall|auc|map\b|iou|dice/i;

/**
 * Compares what two states came to, in each metric that both have. The spread is pooled over the runs of both states.
 * @param before outcomes of the runs of one state, the latest first @param after those of the other
 */
export function effectsOf(
  before: readonly (readonly Outcome[])[],
  after: readonly (readonly Outcome[])[],
): Effect[] {
  const shared = (after[0] ?? []).filter((one) =>
    before[0]?.some((other) => other.metric === one.metric && haveOneUnit(one, other)),
  );
  return shared.map(({ metric, better }) => {
    const [olds, news] = [before, after].map((runs) =>
      runs.flatMap((outcomes) => outcomes.filter((one) => one.metric === metric)),
    ) as [Outcome[], Outcome[]];
    const [from, to] = [olds, news].map((all) => mean(all.map(({ best }) => best))) as [number, number];
    const pool = pooled([olds, news].map((all) => all.map(({ best }) => best)));
    const spread = pool !== null && pool > SAME * Math.abs(from) ? pool : null;
    return {
      ...{ metric, better, before: from, after: to, spread },
      runs: [olds.length, news.length],
      verdict: verdictOf(to - from, better, spread, olds.length, news.length),
      bestAt: [olds[0]!, news[0]!],
    };
  });
}

/** 0.8 and 80 % of a run that was changed to tell percentages can't be compared. */
function haveOneUnit(one: Outcome, other: Outcome): boolean {
  const [low, high] = [one.best, other.best].toSorted((a, b) => a - b) as [number, number];
  return !(SHARE.test(one.metric) && low <= 1 && high > 2 && high <= 100 && high / low > 20);
}

function verdictOf(
  difference: number,
  better: Outcome['better'],
  spread: number | null,
  before: number,
  after: number,
): Effect['verdict'] {
  if (spread === null) return 'unknown';
  const error = spread * Math.sqrt(1 / before + 1 / after);
  if (Math.abs(difference) <= (STUDENT[before + after - 3] ?? MANY) * error) return 'within noise';
  return difference < 0 === (better === 'lower') ? 'better' : 'worse';
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Pooled standard deviation of groups; null where no group has two values. */
function pooled(groups: readonly (readonly number[])[]): number | null {
  const freedom = groups.reduce((sum, group) => sum + Math.max(0, group.length - 1), 0);
  if (freedom === 0) return null;
  const squares = groups.reduce((sum, group) => {
    const middle = mean(group);
    return sum + (group.length > 1 ? group.reduce((all, value) => all + (value - middle) ** 2, 0) : 0);
  }, 0);
  return Math.sqrt(squares / freedom);
}
