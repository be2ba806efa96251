import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pointsToDraw } from '../../../src/runs/downsample';

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
