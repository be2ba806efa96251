import { expect, test } from 'vitest';
import { isLine } from '../../../webview/isLine';

const line = (y: (x: number) => number) => Array.from({ length: 2000 }, (_, x) => ({ x, y: y(x) }));
const height = { min: 0.1, max: 1 };

test('a smooth curve is a line, however many points it has', () => {
  expect(
    isLine(
      line((x) => Math.exp(-x / 900)),
      null,
      height,
      false,
    ),
  ).toBe(true);
  expect(
    isLine(
      line((x) => (x === 900 ? Number.NaN : 0.5)),
      null,
      height,
      false,
    ),
  ).toBe(true);
});

test('a band of noise is none, until it is looked at so closely that it is one again', () => {
  const noise = line((x) => 0.5 + 0.2 * (x % 2));
  expect(isLine(noise, null, height, false)).toBe(false);
  expect(isLine(noise, null, height, true)).toBe(false);
  expect(isLine(noise, { min: 500, max: 560 }, height, false)).toBe(true);
});

test('what is far above the chart counts as its edge', () => {
  expect(
    isLine(
      line((x) => (x === 900 ? 1e28 : 0.5)),
      null,
      height,
      false,
    ),
  ).toBe(true);
});

test('a constant is one', () => {
  expect(
    isLine(
      line(() => 1),
      null,
      { min: 1, max: 1 },
      false,
    ),
  ).toBe(true);
});
