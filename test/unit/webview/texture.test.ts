import { expect, test } from 'vitest';
import { textureOf } from '../../../webview/texture';

const line = (y: (x: number) => number) => Array.from({ length: 2000 }, (_, x) => ({ x, y: y(x) }));
const height = { min: 0.1, max: 1 };

test.each([
  ['a smooth curve, however many points it has', (x: number) => Math.exp(-x / 900)],
  ['one with a gap', (x: number) => (x === 900 ? Number.NaN : 0.5)],
  ['one with a value far above the chart, which counts as its edge', (x: number) => (x === 900 ? 1e28 : 0.5)],
])('a line: %s', (_what, y) => {
  expect(textureOf(line(y), null, height, false)).toBe('line');
});

test('a constant is a line where the axis has no height', () => {
  const constant = line(() => 1);
  expect(textureOf(constant, null, { min: 1, max: 1 }, false)).toBe('line');
});

test('a band of noise becomes a noisy curve, and a line, the closer it is looked at', () => {
  const noise = line((x) => 0.5 + 0.2 * (x % 2));
  expect(textureOf(noise, null, height, false)).toBe('band');
  expect(textureOf(noise, null, height, true)).toBe('band');
  expect(textureOf(noise, { min: 500, max: 560 }, height, false)).toBe('noisy');
  expect(textureOf(noise, { min: 500, max: 530 }, height, false)).toBe('line');
});
