import type { Axis, Series } from '../runs/series';
import type { Place, Spot } from './diagnosis';
import { isFiniteLoss, risingPoints, thin } from './longSeries';
import { loneOutliers } from './outliers';
import type { NonFinite, Points } from './points';
import { noise } from './robust';
import { orderBySteps, type Kept } from './segments';
import { spreadRepeats } from './repeats';
import { bestIndex, smooth } from './smoothing';
import { averageFromZero } from './warmAverage';

/**
 * A step-aligned curve: ordered by x, one finite value for each x, at most {@link MAX_POINTS} points. Values are
 * oriented so that lower is better (`sign` undoes it), and a percentage is a fraction.
 */
export interface Curve {
  readonly series: Series;
  /** Indices into `run.series`; several when a total was made of its parts. */
  readonly members: readonly number[];
  readonly axis: Axis;
  /** 1 when lower is better, -1 when the values were flipped: `sign * y` is what the log says. */
  readonly sign: 1 | -1;
  /** Share of the whole in [0, 1], such as an accuracy or an mAP: differences are absolute, not relative. */
  readonly isFraction: boolean;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** `x~` of `y`. */
  readonly smooth: Float64Array;
  /** Index of the smallest `smooth`; -1 when the curve is empty. */
  readonly best: number;
  /** Index of the checkpoint to keep: the smallest `y`, as one saves checkpoints; -1 when the curve is empty. */
  readonly keep: number;
  /** Robust noise of `y`. */
  readonly noise: number;
  /** Index into the series for each point. */
  readonly source: Int32Array;
  /** Points of the kept run before thinning, non-finite ones included. */
  readonly points: number;
  readonly nonFinite: NonFinite | null;
  /** Indices into the series of single values that are beyond everything else (`outliers.ts`); the curve goes on without them. */
  readonly outliers: readonly number[];
  /** File-order index range kept when the file holds several runs. */
  readonly kept: Kept | null;
  readonly notes: readonly string[];
}

/**
 * Aligns a series by step. Never throws; a series without finite values gives an empty curve.
 * @param members indices into `run.series`, for the findings
 * @param within file-order index range to look at; all by default
 */
export function buildCurve(
  series: Series,
  members: readonly number[],
  within: { from: number; to: number } = { from: 0, to: series.length },
): Curve {
  const whole = within.from === 0 && within.to >= series.length;
  const rising = whole ? risingPoints(series) : null;
  const {
    all: finite,
    nonFinite,
    count,
    kept,
    notes,
  } = rising
    ? { all: rising.points, nonFinite: rising.nonFinite, count: series.length, kept: null, notes: [] }
    : ordered(series, within);
  const sign = series.direction === 'higher' ? -1 : 1;
  const lone = loneOutliers(finite.y);
  const all = lone.length === 0 ? finite : without(finite, lone);
  const climb = series.direction === 'lower' ? averageFromZero(all.y) : 0;
  const merged = climb === 0 ? all : from(all, climb);
  const scale = sign < 0 ? fractionScale(merged.y) : null;
  const factor = sign / (scale ?? 1);
  const y = merged.y.map((value) => value * factor);
  const smoothed = smooth(y);
  return {
    series,
    members,
    axis: series.axis,
    sign,
    isFraction: scale !== null,
    x: merged.x,
    y,
    smooth: smoothed,
    best: bestIndex(smoothed),
    keep: bestIndex(y),
    noise: noise(y),
    source: merged.source.map((i) => i + within.from),
    points: count,
    nonFinite,
    outliers: lone.map((i) => finite.source[i]! + within.from),
    kept,
    notes:
      climb === 0
        ? notes
        : [...notes, 'the loss is a running average that starts at zero; its climb is left out'],
  };
}

/** Points of a series in any order, with resumes, repeats and restarts settled. */
function ordered(
  series: Series,
  within: { from: number; to: number },
): Pick<Curve, 'nonFinite' | 'kept'> & { all: Points; count: number; notes: readonly string[] } {
  const steps = series.steps.view().subarray(within.from, within.to);
  const values = series.values.view().subarray(within.from, within.to);
  const ordering = spreadRepeats(
    orderBySteps(steps, series.epochs.view().subarray(within.from, within.to)),
    series.axis,
  );
  return {
    all: thin(mergeEqualSteps(values, ordering.order, ordering.x)),
    nonFinite: scan(values, ordering.order, within.from),
    count: ordering.order.length,
    kept: ordering.kept && {
      ...ordering.kept,
      from: ordering.kept.from + within.from,
      to: ordering.kept.to + within.from,
    },
    notes: ordering.notes,
  };
}

/** Where point `source` of the curve's series is in the run and in the log. */
export function placeOf(curve: Curve, source: number): Place {
  const epoch = curve.series.epochs.at(source);
  const line = curve.series.lines.at(source);
  return {
    step: curve.series.steps.at(source),
    epoch: Number.isFinite(epoch) ? epoch : null,
    line: Number.isFinite(line) ? line : null,
    axis: curve.axis,
  };
}

/** Place of the `index`-th point of the curve. */
export function placeAt(curve: Curve, index: number): Place {
  return placeOf(curve, curve.source[index] ?? 0);
}

/** The checkpoint to keep, as findings tell it. @param index of another point of the curve */
export function bestOf(curve: Curve, index = curve.keep): Spot {
  const { step, epoch } = placeAt(curve, index);
  return { step, epoch, axis: curve.axis };
}

function scan(values: Float64Array, order: Int32Array, offset: number): NonFinite | null {
  let count = 0;
  let first = -1;
  let trailing = 0;
  let longestGap = 0;
  let infinite = 0;
  for (const i of order) {
    if (isFiniteLoss(values[i]!)) {
      longestGap = Math.max(longestGap, trailing);
      trailing = 0;
      continue;
    }
    if (first < 0) first = i + offset;
    if (!Number.isNaN(values[i]!)) infinite++;
    count++;
    trailing++;
  }
  return count === 0 ? null : { count, first, trailing, longestGap, infinite };
}

/** Averages the finite values at one step: the same metric logged by several ranks. */
function mergeEqualSteps(values: Float64Array, order: Int32Array, steps: Float64Array): Points {
  const x = new Float64Array(order.length);
  const y = new Float64Array(order.length);
  const source = new Int32Array(order.length);
  let used = 0;
  let same = 0;
  for (let i = 0; i < order.length; i++) {
    const value = values[order[i]!]!;
    if (!isFiniteLoss(value)) continue;
    if (used > 0 && steps[i] === x[used - 1]) {
      same++;
      y[used - 1]! += (value - y[used - 1]!) / same;
      continue;
    }
    x[used] = steps[i]!;
    y[used] = value;
    source[used] = order[i]!;
    same = 1;
    used++;
  }
  return { x: x.slice(0, used), y: y.slice(0, used), source: source.slice(0, used) };
}

function without(points: Points, lone: readonly number[]): Points {
  const usual = (_: number, i: number) => !lone.includes(i);
  return { x: points.x.filter(usual), y: points.y.filter(usual), source: points.source.filter(usual) };
}

function from(points: Points, start: number): Points {
  return { x: points.x.slice(start), y: points.y.slice(start), source: points.source.slice(start) };
}

/** 1 for values in [0, 1], 100 for a percentage, null for what is neither (PSNR, reward). */
function fractionScale(values: Float64Array): number | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (!(low >= 0)) return null;
  // 1.5 and not 1: an average of rounded accuracies may print as 1.001.
  if (high <= 1.5) return 1;
  return high <= 100.5 ? 100 : null;
}
