import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsOf } from '../../../webview/columns';

const at = (x: number, y: number) => ({ x, y, skip: false });

function columns(
  points: Parameters<typeof columnsOf>[0],
  ratio = 1,
  [first, last] = [-Infinity, Infinity],
): [number, number, number][] {
  const found: [number, number, number][] = [];
  columnsOf(points, ratio, first, last, (...one) => found.push(one));
  return found;
}

describe('the columns of a line', () => {
  it('reach from the least to the greatest height of the line in them', () => {
    expect(columns([at(3.2, 10), at(3.5, 90), at(3.9, 40)])).toEqual([[3, 10, 90]]);
  });

  it('that have no point are covered by the line between their neighbours', () => {
    expect(columns([at(0, 0), at(4, 40)])).toEqual([
      [0, 0, 10],
      [1, 10, 20],
      [2, 20, 30],
      [3, 30, 40],
      [4, 40, 40],
    ]);
  });

  it('are left out in a gap', () => {
    const points = [at(0, 5), { x: 1, y: Number.NaN, skip: true }, at(3, 7)];
    expect(columns(points)).toEqual([
      [0, 5, 5],
      [3, 7, 7],
    ]);
    expect(columns([])).toEqual([]);
  });

  it('are those of the screen', () => {
    expect(columns([at(1, 1), at(1.5, 2)], 2)).toEqual([
      [2, 2, 4],
      [3, 4, 4],
    ]);
  });

  it('are those that are asked for, however far the line goes', () => {
    const points = [at(-1e12, 0), at(1, 10), at(3, 30), at(1e12, 30)];
    expect(columns(points, 1, [0, 4])).toEqual([
      [0, expect.closeTo(10), expect.closeTo(10)],
      [1, expect.closeTo(10), 20],
      [2, 20, 30],
      [3, 30, 30],
      [4, 30, 30],
    ]);
  });

  it('hold every point of the line, and touch each other', () => {
    const xs = fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { minLength: 1, maxLength: 60 });
    const ys = fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { minLength: 60, maxLength: 60 });
    fc.assert(
      fc.property(xs, ys, (steps, heights) => {
        let x = 0;
        const points = steps.map((step, i) => at((x += step), heights[i]!));
        const found = columns(points);
        const ends = new Map(found.map(([column, top, bottom]) => [column, [top, bottom] as const]));
        for (const { x, y } of points) {
          const [top, bottom] = ends.get(Math.floor(x))!;
          expect(top <= y && y <= bottom).toBe(true);
        }
        found.slice(1).forEach(([column, top, bottom], i) => {
          const before = found[i]!;
          expect(column).toBe(before[0] + 1);
          expect(Math.max(top, before[1])).toBeLessThanOrEqual(Math.min(bottom, before[2]) + 1e-6);
        });
      }),
    );
  });
});
