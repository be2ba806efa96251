import { expect, test } from 'vitest';
import { clock, tickDistance, timeTicks } from '../../../webview/clock';

const minutes = 60_000;

test('durations are hours and minutes, with seconds where they are asked for', () => {
  expect(clock(65 * minutes)).toBe('1:05');
  expect(clock(12_000, true)).toBe('0:00:12');
  expect(clock(26 * 60 * minutes)).toBe('26:00');
  expect(clock(59.9 * minutes)).toBe('1:00');
  expect(clock(-5 * minutes)).toBe('-0:05');
  expect(clock(Number.NaN)).toBe('');
});

test('ticks stand at round times, no more of them than asked for', () => {
  expect(timeTicks({ min: 0, max: 61 * minutes }, 7)).toEqual(
    [0, 10, 20, 30, 40, 50, 60].map((m) => m * minutes),
  );
  expect(timeTicks({ min: 3_000, max: 39_000 }, 7)).toEqual([10_000, 20_000, 30_000]);
  expect(tickDistance({ min: 0, max: 20 * 24 * 60 * minutes }, 7)).toBe(3 * 24 * 60 * minutes);
  expect(timeTicks({ min: 5, max: 5 }, 7)).toEqual([]);
});
