import { shiftOf, xOf } from './axes';
import type { Range } from './chartOptions';
import type { Curve } from './curves';
import type { Look } from './look';
import { niceStep } from './ticks';

/**
 * A value this many times as large as nearly all others makes a flat line of them: on a chart of 300 px they have a third of
 * a pixel.
 */
const FAR = 1_000;
/** "Nearly all", and what is asked instead where those differ by as much among themselves: a loss that explodes. */
const SHARES = [0.98, 0.9, 0.75] as const;
/** What is drawn reaches so many times as far as nearly all. */
const REACH = 10;
/** With fewer points there is no telling what is usual. */
const FEWEST = 8;
const LINES = 5;

/**
 * The height of a linear chart in which its curves can be read although a few values are a thousand times larger than the
 * rest; null where the whole height will do.
 * @param range the part of the x axis that is looked at; null: all of it
 */
export function readableHeight(curves: readonly Curve[], look: Look, range: Range | null): Range | null {
  const sizes = sizesIn(curves, look, range);
  if (sizes.length < FEWEST) return null;
  const most = sizes.reduce((a, b) => Math.max(a, b), 0);
  const near = sizes.reduce((count, size) => count + (size * FAR < most ? 1 : 0), 0);
  // Cheap, since it is asked at each redraw: only where a few are far off the rest is put in order.
  if (near <= rank(sizes.length, SHARES[0])) return null;
  const usual = usualSize(sizes.sort());
  return usual > 0 ? heightOf(curves, look, range, usual * REACH) : null;
}

/** Sizes of the finite values in a part. */
function sizesIn(curves: readonly Curve[], look: Look, range: Range | null): Float64Array {
  const sizes = new Float64Array(curves.reduce((sum, { values }) => sum + values.length, 0));
  let count = 0;
  eachIn(curves, look, range, (y) => (sizes[count++] = Math.abs(y)));
  return sizes.subarray(0, count);
}

function usualSize(sorted: Float64Array): number {
  const [first, ...others] = SHARES.map((share) => sorted[rank(sorted.length, share)]!);
  return others.reduce((usual, smaller) => (usual > FAR * smaller && smaller > 0 ? smaller : usual), first!);
}

function rank(count: number, share: number): number {
  return Math.floor((count - 1) * share);
}

/** From the lowest to the highest value of at most a size, with round ends. */
function heightOf(curves: readonly Curve[], look: Look, range: Range | null, most: number): Range {
  let [min, max] = [Infinity, -Infinity];
  eachIn(curves, look, range, (y) => {
    if (Math.abs(y) > most) return;
    min = Math.min(min, y);
    max = Math.max(max, y);
  });
  if (min === max) [min, max] = [min - Math.abs(min) / 2, max + Math.abs(max) / 2];
  const step = niceStep((max - min) / LINES);
  const round = (steps: number): number => Number((steps * step).toPrecision(12));
  return { min: round(Math.floor(min / step)), max: round(Math.ceil(max / step)) };
}

function eachIn(
  curves: readonly Curve[],
  { axis, aligned }: Look,
  range: Range | null,
  take: (y: number) => void,
): void {
  for (const curve of curves) {
    const xs = xOf(curve, axis);
    const shift = shiftOf(curve, axis, aligned);
    const { values } = curve;
    for (let i = 0; i < values.length; i++) {
      const x = xs[i]! - shift;
      if (Number.isFinite(values[i]) && Number.isFinite(x) && (!range || (x >= range.min && x <= range.max)))
        take(values[i]!);
    }
  }
}
