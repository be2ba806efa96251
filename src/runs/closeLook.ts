import type { Column } from './column';
import { pointsInRange, pointsToDraw, spanOf, type XRange } from './downsample';
import { MOST_TURNS, type XColumn } from './xColumn';

/** Pieces of a curve that may lie over each other in a part; of more each gets too few pixels to be told apart. */
const MOST_PIECES = 8;

/** Which points of a curve to draw when a part of it is looked at closely. */
export interface CloseLook {
  /** Ascending indexes. */
  kept: Uint32Array;
  /** They are of the whole curve, thinned out beside the part; else of the part only. */
  whole: boolean;
}

/**
 * The points of a part of a curve. Of a run that was resumed, whose x axis goes back, each piece gets its own: at most 4 a
 * pixel column and piece. There the rest of the curve is given, too, since only here is known what lies between what.
 */
export function closeLook(xs: XColumn, values: Column, range: XRange, columns: number): CloseLook {
  const [x, y] = [xs.view(), values.view()];
  const { turns } = xs;
  if (turns.length === 0) return { kept: pointsInRange(x, y, range, columns, true), whole: false };
  const pieces = turns.length > MOST_TURNS ? [] : piecesIn(x, turns, range);
  if (pieces.length === 0 || pieces.length > MOST_PIECES)
    return { kept: pointsInRange(x, y, range, columns), whole: false };
  const inside = pieces.flatMap(({ start, end, from, to }) => {
    const own = pointsInRange(x.subarray(from, to), y.subarray(from, to), range, columns, true);
    // With a neighbour on either side, so that the line leaves the part where it does.
    return [
      ...(from > start ? [from - 1] : []),
      ...Array.from(own, (i) => from + i),
      ...(to < end ? [to] : []),
    ];
  });
  const beside = pointsToDraw(y, columns * 2).filter((i) => !(x[i]! >= range.min && x[i]! <= range.max));
  return { kept: Uint32Array.from(new Set([...inside, ...beside])).sort(), whole: true };
}

/** The ascending pieces of a curve that have points in a range, and from where to where these are. */
function piecesIn(
  x: Float64Array,
  turns: readonly number[],
  { min, max }: XRange,
): { start: number; end: number; from: number; to: number }[] {
  return [0, ...turns].flatMap((start, i) => {
    const end = turns[i] ?? x.length;
    const [from, to] = spanOf(x.subarray(start, end), min, max);
    return to > from ? [{ start, end, from: start + from, to: start + to }] : [];
  });
}
