import type { Range } from './chartOptions';
import type { Point } from './line';

/**
 * A curve that goes through the whole height of its chart more often than this is noisy: thick, it would fill its own dents.
 * Where no graphics card draws, a redraw with three such lines takes a third longer than with thin ones.
 */
const NOISY = 10;

/**
 * A curve that does so more often than this is a band of noise. Dashes are not seen in it, and where no graphics card draws
 * them they take longer than all else of the page: a redraw with three such lines 45 ms instead of 15.
 */
const BAND = 30;

/** How a curve is to be drawn: as a line, thin, or thin and without dashes. */
export type Texture = 'line' | 'noisy' | 'band';

/**
 * How noisy points are in what is looked at.
 * @param height what the chart shows of the y axis; `log` where that is logarithmic
 */
export function textureOf(
  points: readonly Point[],
  range: Range | null,
  { min, max }: Range,
  log: boolean,
): Texture {
  const place = (y: number): number => (log ? Math.log(y) : y);
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
  const heights = travelled / (place(max) - place(min));
  if (!(heights > NOISY) || heights === Infinity) return 'line';
  return heights > BAND ? 'band' : 'noisy';
}
