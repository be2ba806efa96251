/** Where a chart draws a point (px). */
interface Place {
  readonly x: number;
  readonly y: number;
  readonly skip?: boolean | undefined;
}

/** What a line covers of one column of pixels, from its top to its bottom (px of the canvas). */
type Column = (column: number, top: number, bottom: number) => void;

/**
 * What a line through points covers of each column that it goes through, from left to right.
 * @param points in order of x; where one is skipped the line has a gap
 * @param ratio pixels of the canvas for a px
 * @param first of the columns that are asked for; `last` is one, too. What is beyond them may be millions of columns away.
 */
export function columnsOf(
  points: readonly Place[],
  ratio: number,
  first: number,
  last: number,
  tell: Column,
): void {
  let now = Number.NaN;
  let [top, bottom] = [Infinity, -Infinity];
  const cover = (column: number, one: number, other: number): void => {
    if (column < first || column > last) return;
    if (column !== now) {
      if (top <= bottom) tell(now, top, bottom);
      now = column;
      [top, bottom] = [Infinity, -Infinity];
    }
    top = Math.min(top, one, other);
    bottom = Math.max(bottom, one, other);
  };
  let before: { x: number; y: number } | null = null;
  for (const point of points) {
    if (point.skip) {
      before = null;
      continue;
    }
    const [x, y] = [point.x * ratio, point.y * ratio];
    const to = Math.floor(x);
    if (before) {
      const from = Math.floor(before.x);
      const slope = (y - before.y) / (x - before.x);
      for (let column = Math.max(from, first); column < Math.min(to, last + 1); column++) {
        const enters: number = column === from ? before.y : before.y + slope * (column - before.x);
        cover(column, enters, before.y + slope * (column + 1 - before.x));
      }
      cover(to, to === from ? before.y : before.y + slope * (to - before.x), y);
    } else cover(to, y, y);
    before = { x, y };
  }
  if (top <= bottom) tell(now, top, bottom);
}
