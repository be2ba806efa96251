import { expect, test } from 'vitest';
import { logTicks, niceStep, roomForLabels, roundTicks, tickLabel } from '../../../webview/ticks';

test.each([
  ['epochs from 1', { min: 1, max: 30 }, 7, [5, 10, 15, 20, 25, 30]],
  ['epochs from 1, narrow', { min: 1, max: 30 }, 4, [10, 20, 30]],
  ['epochs from 0', { min: 0, max: 39 }, 9, [0, 5, 10, 15, 20, 25, 30, 35]],
  ['steps', { min: 100, max: 99_950 }, 5, [20_000, 40_000, 60_000, 80_000]],
  ['a zoom into tenths', { min: 0.95, max: 1.31 }, 5, [1, 1.1, 1.2, 1.3]],
  ['a range around a round number', { min: 19, max: 22 }, 2, [20, 22]],
  ['below 0', { min: -1, max: 1 }, 5, [-1, -0.5, 0, 0.5, 1]],
])('ticks stand at round numbers: %s', (_name, range, most, ticks) => {
  expect(roundTicks(range, most)).toEqual(ticks);
});

test('what is counted in whole numbers has no ticks between them', () => {
  expect(roundTicks({ min: 1, max: 3 }, 9, true)).toEqual([1, 2, 3]);
  expect(roundTicks({ min: 1.2, max: 1.8 }, 9, true)).toEqual([]);
});

test('a range without a width, or without an end, has none', () => {
  expect(roundTicks({ min: 2, max: 2 }, 5)).toEqual([]);
  expect(roundTicks({ min: 2, max: Number.POSITIVE_INFINITY }, 5)).toEqual([]);
});

test('distances are 1, 2 or 5 of a power of ten', () => {
  expect([0.03, 1, 1.2, 3, 6, 47].map(niceStep)).toEqual([0.05, 1, 2, 5, 10, 50]);
});

test('long labels are fewer than short ones', () => {
  expect(roomForLabels(300, '30')).toBeGreaterThan(roomForLabels(300, '1,000,000'));
  expect(roomForLabels(40, '1,000,000')).toBe(2);
});

test('a log scale has ticks at 1, 2 and 5, and at fewer over many decades', () => {
  expect(logTicks({ min: 0.2, max: 4 })).toEqual([0.2, 0.5, 1, 2]);
  expect(logTicks({ min: 1e-3, max: 1e3 })).toEqual([1e-3, 1e-2, 0.1, 1, 10, 100, 1000]);
  expect(logTicks({ min: 1e-6, max: 1e8 }).length).toBeLessThanOrEqual(7);
});

test('no two ticks of a y axis read alike', () => {
  const labels = (...all: number[]): string[] => all.map((value) => tickLabel(value, all));
  expect(labels(0, 0.1, 0.2, 0.30000000000000004)).toEqual(['0', '0.1', '0.2', '0.3']);
  expect(labels(2949, 2949.2, 2949.4)).toEqual(['2949', '2949.2', '2949.4']);
  expect(labels(1e-5, 2e-5)).toEqual(['1e-5', '2e-5']);
});
