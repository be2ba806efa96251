import type { Range } from './chartOptions';
import type { Point } from './line';

/**
 * A line that goes through the whole height of its chart more often than this is a band of noise. Dashes and thickness are not
 * seen in it, and where no graphics card draws it they take longer than all else of the page: a redraw with three such lines 45 ms instead
 * of 15.
 */
const MOST_TRAVEL = 30;

/**
 * Whether points make a line in what is looked at, and not a band of noise.
 * @param height what the chart shows of the y axis; `log` where that is logarithmic
 */
export function isLine(
  points: readonly Point[],
  range: Range | null,
  { min, max }: Range,
  log: boolean,
): boolean {
  const place = (y: number): number => (log ? Math.log(y) : y);
  const most = MOST_TRAVEL * (place(max) - place(min));
  let travelled = 0;
  let before = Number.NaN;
  for (const { x, y } of points) {
    if (range && !(x >= range.min && x <= range.max)) continue;
    const now = place(Math.min(Math.max(y, min), max));
    // Not over a gap, on either side of which there is a NaN.
    const way = Math.abs(now - before);
    if (way > 0) travelled += way;
    before = now;
  }
  return !(travelled > most) || !(most > 0);
}
