import { expect, test } from 'vitest';
import { pointsBeyond } from '../../../webview/beyond';
import type { Look } from '../../../webview/look';
import { readableHeight } from '../../../webview/readable';
import { makeCurve } from './makeCurve';

const look = { axis: 'step', aligned: false } as Look;
const falling = Array.from({ length: 100 }, (_, i) => 0.3 + 2 * Math.exp(-i / 30));
const withValues = (at: Record<number, number>, values = falling): number[] =>
  values.map((value, i) => at[i] ?? value);
const height = (values: number[], range: { min: number; max: number } | null = null) =>
  readableHeight([makeCurve({}, { values })], look, range);

test('one enormous value does not make a flat line of the rest', () => {
  expect(height(withValues({ 40: 1e28 }))).toEqual({ min: 0, max: 2.5 });
  expect(height(withValues({ 40: 1e28 }, falling.slice(0, 45)))).toEqual({ min: 0.5, max: 2.5 });
  expect(height(withValues({ 40: -1e28 }))).toEqual({ min: 0, max: 2.5 });
});

test('a loss that explodes leaves the part before it readable', () => {
  const away = falling.map((value, i) => (i < 85 ? value : 10 ** (3 * (i - 80))));
  expect(height(away)!.max).toBeLessThan(30);
});

test('a spike, a fall over some decades and a few points are shown as a whole', () => {
  expect(height(withValues({ 40: 200 }))).toBeNull();
  expect(height(falling.map((_, i) => 10 ** (-i / 20)))).toBeNull();
  expect(height([1, 2, 3, 1e28])).toBeNull();
  expect(height(falling.map((_, i) => (i % 50 === 0 ? 1 : 0)))).toBeNull();
  expect(height(withValues({ 40: Number.NaN, 41: Number.POSITIVE_INFINITY }))).toBeNull();
});

test('only what is looked at counts', () => {
  expect(height(withValues({ 40: 1e28 }), { min: 50, max: 90 })).toBeNull();
  expect(height(withValues({ 40: 1e28 }), { min: 30, max: 60 })).not.toBeNull();
});

test('a constant with one enormous value has a height', () => {
  expect(
    height(
      withValues(
        { 9: 1e28 },
        falling.map(() => 0.5),
      ),
    ),
  ).toEqual({ min: 0.2, max: 0.8 });
});

test('values off the scale stand at the edge that they are behind', () => {
  const curve = makeCurve({}, { values: [1, 1e9, Number.NaN, -1e9, 2] });
  expect(pointsBeyond(curve, look, { min: 0, max: 2 })).toEqual({
    above: [{ x: 1, y: 2 }],
    beneath: [{ x: 3, y: 0 }],
  });
  expect(pointsBeyond(curve, look, null)).toEqual({ above: [], beneath: [] });
});
