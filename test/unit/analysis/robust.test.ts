import fc from 'fast-check';
import { expect, test } from 'vitest';
import { median, quantile, RunningMedian } from '../../../src/analysis/robust';

const value = fc.double({ noNaN: true, min: -1e6, max: 1e6 });

/** The definition, by sorting. */
function byDefinition(values: number[], q: number): number {
  const sorted = Float64Array.from(values).sort();
  const at = q * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!];
  return low + (at - Math.floor(at)) * (high - low);
}

test('a quantile is what sorting gives, and leaves the values as they are', () => {
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1, maxLength: 300 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (values, q) => {
        const before = [...values];
        const expected = byDefinition(values, q);
        expect(quantile(values, q)).toBeCloseTo(expected, 6);
        expect(values).toEqual(before);
      },
    ),
  );
  expect(quantile([3, 1, 2], 0)).toBe(1);
  expect(quantile([3, 1, 2], 1)).toBe(3);
  expect(median([])).toBeNaN();
  expect(median([5, 1, 9, 7], 1, 3)).toBe(5);
  expect(median(new Array(5000).fill(2.5) as number[])).toBe(2.5);
});

test('a running median is the median of the window, at each step', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 80 }),
      fc.integer({ min: 1, max: 20 }),
      (values, size) => {
        const running = new RunningMedian(size);
        expect(running.value).toBeNaN();
        values.forEach((one, i) => {
          running.push(one);
          expect(running.value).toBe(median(values, Math.max(0, i + 1 - size), i + 1));
        });
      },
    ),
  );
});
