import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pointsInRange, pointsToDraw } from '../../../src/runs/downsample';

describe('pointsToDraw', () => {
  it('keeps all points of a short curve', () => {
    expect([...pointsToDraw([3, 1, 2], 10)]).toEqual([0, 1, 2]);
  });

  it('keeps ends, extremes and the first non-finite value, ascending, within the bound', () => {
    const curve = fc.array(fc.double(), { minLength: 1, maxLength: 500 });
    fc.assert(
      fc.property(curve, fc.integer({ min: 4, max: 60 }), (values, max) => {
        const kept = [...pointsToDraw(values, max)];
        expect(kept.length).toBeLessThanOrEqual(Math.max(max * 1.5 + 2, 4));
        expect(kept[0]).toBe(0);
        expect(kept.at(-1)).toBe(values.length - 1);
        expect(kept.every((i, at) => at === 0 || i > kept[at - 1]!)).toBe(true);
        const finite = values.filter(Number.isFinite);
        const shown = kept.map((i) => values[i]!).filter(Number.isFinite);
        if (finite.length > 0) {
          expect(Math.max(...shown)).toBe(Math.max(...finite));
          expect(Math.min(...shown)).toBe(Math.min(...finite));
        }
        const odd = values.findIndex((value) => !Number.isFinite(value));
        if (odd >= 0) expect(kept).toContain(odd);
      }),
    );
  });
});

describe('pointsInRange', () => {
  const range = fc
    .tuple(fc.integer({ min: -20, max: 320 }), fc.integer({ min: 0, max: 300 }))
    .map(([min, width]) => ({ min, max: min + width }));

  it('keeps of each column the first, the last, the lowest, the highest and one that is not finite, 4 at most', () => {
    const curve = fc.array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.double()), { maxLength: 400 });
    fc.assert(
      fc.property(
        curve,
        fc.boolean(),
        range,
        fc.integer({ min: 1, max: 12 }),
        (points, sorted, { min, max }, columns) => {
          const all = sorted ? points.toSorted(([a], [b]) => a - b) : points;
          const steps = all.map(([x]) => x);
          const values = all.map(([, y]) => y);
          const kept = [...pointsInRange(steps, values, { min, max }, columns, sorted)];
          const inside = steps.flatMap((x, i) => (x >= min && x <= max ? [i] : []));
          expect(kept.every((i, at) => at === 0 || i > kept[at - 1]!)).toBe(true);
          expect(kept.length).toBeLessThanOrEqual(columns * 4);
          if (inside.length <= columns * 4) {
            expect(kept).toEqual(inside);
            return;
          }
          const column = (i: number): number =>
            Math.min(columns - 1, Math.floor((steps[i]! - min) * (columns / (max - min || 1))));
          for (let c = 0; c < columns; c++) {
            const [own, shown] = [inside, kept].map((some) => some.filter((i) => column(i) === c)) as [
              number[],
              number[],
            ];
            expect(shown.length).toBeLessThanOrEqual(4);
            expect(shown[0]).toBe(own[0]);
            const finite = (some: number[]): number[] => some.map((i) => values[i]!).filter(Number.isFinite);
            expect(Math.max(...finite(shown))).toBe(Math.max(...finite(own)));
            expect(Math.min(...finite(shown))).toBe(Math.min(...finite(own)));
            const odd = own.find((i) => !Number.isFinite(values[i]));
            expect(shown).toContain(odd ?? own.at(-1) ?? shown[0]);
          }
        },
      ),
    );
  });

  it('has columns of equal width on a log scale, too', () => {
    const steps = Array.from({ length: 10_000 }, (_, i) => i + 1);
    const values = steps.map((x) => (x === 2 ? 9 : x === 9_000 ? 8 : Math.sin(x)));
    const kept = [...pointsInRange(steps, values, { min: 1, max: 10_000, log: true }, 40)];
    const below = kept.filter((i) => steps[i]! <= 100).length;
    expect(kept.map((i) => values[i])).toEqual(expect.arrayContaining([8, 9]));
    expect(below).toBeGreaterThan(kept.length / 3);
  });
});
