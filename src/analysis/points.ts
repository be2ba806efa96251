/** Points in order of x, each with its index in the series. */
export interface Points {
  x: Float64Array;
  y: Float64Array;
  source: Int32Array;
}

/** What was not a number in the run, found by looking at every point. */
export interface NonFinite {
  count: number;
  /** Source index of the first. */
  first: number;
  /** How many points in a row are non-finite at the end. */
  trailing: number;
  /** How many are in a row at most with a finite value after them. */
  longestGap: number;
  /** How many are infinite (or an overflow), not NaN. */
  infinite: number;
}

/** Long curves are thinned to this many block medians: 16 times what the features need, and it bounds the cost. */
export const MAX_POINTS = 4096;

/** A double that large is an overflow in disguise (`logging` of inf as DBL_MAX). */
export const HUGE = 1e308;
