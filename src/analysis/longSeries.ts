/**
 * Long series as blocks, made once and continued: a verdict on a run of a million points that grew by ten must not read
 * a million points. Holds for series whose x rises from point to point, which is what a training's log does; anything
 * else (resumes, ranks, several runs in a file) is ordered anew each time, see `segments.ts`.
 */
import type { Series } from '../runs/series';
import { HUGE, MAX_POINTS, type NonFinite, type Points } from './points';
import { median } from './robust';

/** Finite points of a series so far, as medians of blocks of equal size. */
export class Blocks {
  /** Points a block holds: a power of two, so that growing series keep most of their blocks. */
  size = 1;
  /** Points of the series that were read, and finite ones among them. */
  read = 0;
  private finite = 0;
  private readonly x = new Float64Array(MAX_POINTS);
  private readonly y = new Float64Array(MAX_POINTS);
  private readonly source = new Int32Array(MAX_POINTS);
  private full = 0;
  /** Values of the block that is being filled. */
  private open: number[] = [];
  private openX = 0;
  private openSource = 0;

  /** Adds one finite point. False when there is no room: the blocks must be made anew with twice the size. */
  add(x: number, y: number, source: number): boolean {
    if (this.full === MAX_POINTS) return false;
    this.open.push(y);
    this.openX = x;
    this.openSource = source;
    this.finite++;
    if (this.open.length === this.size) this.close();
    return true;
  }

  /** The blocks so far, the open one included. */
  points(): Points {
    const extra = this.open.length > 0 ? 1 : 0;
    const count = this.full + extra;
    const result = {
      x: this.x.slice(0, count),
      y: this.y.slice(0, count),
      source: this.source.slice(0, count),
    };
    if (extra > 0) {
      result.x[this.full] = this.openX;
      result.y[this.full] = median(this.open);
      result.source[this.full] = this.openSource;
    }
    return result;
  }

  private close(): void {
    this.x[this.full] = this.openX;
    this.y[this.full] = this.size === 1 ? this.open[0]! : median(this.open);
    this.source[this.full] = this.openSource;
    this.full++;
    this.open = [];
  }
}

/** Even blocks with the median of each, so that one hard batch in a million does not colour its block. */
export function thin(points: Points): Points {
  const count = points.y.length;
  if (count <= MAX_POINTS) return points;
  const blocks = new Blocks();
  while (blocks.size * MAX_POINTS < count) blocks.size *= 2;
  for (let i = 0; i < count; i++) blocks.add(points.x[i]!, points.y[i]!, points.source[i]!);
  return blocks.points();
}

/** A series that rises from point to point, as far as it was read. */
export interface Rising {
  points: Points;
  nonFinite: NonFinite | null;
}

interface State {
  blocks: Blocks;
  lastX: number;
  rising: boolean;
  nonFinite: NonFinite;
}

const states = new WeakMap<Series, State>();

/**
 * The points of a long series whose x rises throughout, thinned; reads only what is new since the call before. Null for
 * short series and for those whose x repeats or falls.
 */
export function risingPoints(series: Series): Rising | null {
  if (series.length <= MAX_POINTS) return null;
  let state = states.get(series);
  if (!state || state.blocks.read > series.length) states.set(series, (state = fresh()));
  if (state.rising) readOn(series, state);
  if (!state.rising) return null;
  const { nonFinite } = state;
  return { points: state.blocks.points(), nonFinite: nonFinite.count > 0 ? { ...nonFinite } : null };
}

function fresh(size = 1): State {
  const blocks = new Blocks();
  blocks.size = size;
  const nonFinite = { count: 0, first: -1, trailing: 0, longestGap: 0, infinite: 0 };
  return { blocks, lastX: Number.NEGATIVE_INFINITY, rising: true, nonFinite };
}

function readOn(series: Series, state: State): void {
  const steps = series.steps.view();
  const values = series.values.view();
  for (let i = state.blocks.read; i < values.length; i++) {
    const x = steps[i]!;
    if (!(x > state.lastX)) {
      state.rising = false;
      return;
    }
    if (!isFiniteLoss(values[i]!)) {
      count(state.nonFinite, values[i]!, i);
    } else {
      state.nonFinite.longestGap = Math.max(state.nonFinite.longestGap, state.nonFinite.trailing);
      state.nonFinite.trailing = 0;
      if (!state.blocks.add(x, values[i]!, i)) {
        Object.assign(state, fresh(state.blocks.size * 2));
        return readOn(series, state);
      }
    }
    state.lastX = x;
    state.blocks.read = i + 1;
  }
}

/** Adds one value that is no number to what is known of such. */
function count(known: NonFinite, value: number, at: number): void {
  if (known.first < 0) known.first = at;
  if (!Number.isNaN(value)) known.infinite++;
  known.count++;
  known.trailing++;
}

/** True for a number that is no overflow in disguise. */
export function isFiniteLoss(value: number): boolean {
  return Math.abs(value) < HUGE;
}
