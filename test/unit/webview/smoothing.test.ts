import { expect, test } from 'vitest';
import { Smoother } from '../../../webview/smoothing';

const values = [4, 2, Number.NaN, 3, 1, Number.POSITIVE_INFINITY, 2, 2];

test('without weight the values stay as they are', () => {
  expect(new Smoother(0).extend(values)).toEqual(values);
});

test('the first value stands, and a constant stays constant', () => {
  expect(new Smoother(0.9).extend([5, 5, 5])).toEqual([5, expect.closeTo(5, 12), expect.closeTo(5, 12)]);
});

test('the second value is the weighted mean with the start corrected', () => {
  expect(new Smoother(0.5).extend([0, 3])[1]).toBeCloseTo(2, 12);
});

test('values that are no numbers stay where they are and leave the average alone', () => {
  const smoothed = new Smoother(0.5).extend(values);
  expect(smoothed[2]).toBeNaN();
  expect(smoothed[5]).toBe(Number.POSITIVE_INFINITY);
  const finite = new Smoother(0.5).extend(values.filter(Number.isFinite));
  expect(smoothed.filter(Number.isFinite)).toEqual(finite);
});

test('a curve that grows gives what the whole curve gives', () => {
  const whole = new Smoother(0.8).extend(values);
  const grown = new Smoother(0.8);
  for (let end = 1; end <= values.length; end++) grown.extend(values.slice(0, end));
  expect(grown.values).toEqual(whole);
});
