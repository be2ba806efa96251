import { expect, test } from 'vitest';
import { listed } from '../../../src/listed';
import { fade } from '../../../webview/colour';
import { moved, nearest, scaled } from '../../../webview/cursor';
import { brief, nameOr, position, tame } from '../../../webview/words';

test.each([
  [0, '0'],
  [0.123456, '0.1235'],
  [12345.6, '12350'],
  [8e-4, '8e-4'],
  [3.05e-4, '3.05e-4'],
  [-2.5e7, '-2.5e+7'],
  [Number.NaN, 'NaN'],
  [Number.NEGATIVE_INFINITY, '-Infinity'],
])('the value %d is written %s', (value, text) => expect(brief(value)).toBe(text));

test.each([
  [123_456, '123,456'],
  [1_000_000, '1,000,000'],
  [0.12345, '0.123'],
])('the position %d is written %s', (value, text) => expect(position(value)).toBe(text));

test('texts one after the other have commas between them', () => {
  expect([listed([]), listed(['a']), listed(['a', '{0}', 'c'])]).toEqual(['', 'a', 'a, {0}, c']);
});

test('a name that can not be isolated loses what reverses text, and its middle when it is long', () => {
  expect(tame('a\u202eb\nc')).toBe('a·b·c');
  expect(tame('x'.repeat(100))).toHaveLength(47);
  expect(tame('plain <b>')).toBe('plain <b>');
  expect(nameOr(' ')).toBe('(no name)');
});

test.each([
  ['#f00', 'rgba(255, 0, 0, 0.5)'],
  ['#1a85ff', 'rgba(26, 133, 255, 0.5)'],
  ['#1a85ff80', 'rgba(26, 133, 255, 0.5)'],
  ['rgba(1, 2, 3, 0.7)', 'rgba(1, 2, 3, 0.5)'],
  ['red', 'color-mix(in srgb, red 50%, transparent)'],
])('the colour %s at half its strength', (colour, faded) => expect(fade(colour, 0.5)).toBe(faded));

test('keys move along a line and stop at its ends', () => {
  expect(
    ['Home', 'End', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown'].map((key) => moved(key, 5, 100)),
  ).toEqual([0, 99, 4, 6, 0, 15]);
  expect(moved('ArrowLeft', 0, 3)).toBe(0);
  expect(moved('PageDown', 0, 3)).toBe(1);
  expect(moved('a', 0, 3)).toBeNull();
  expect(moved('constructor', 0, 3)).toBeNull();
  expect(moved('Home', 0, 0)).toBeNull();
});

test('the nearest point, and a range that is scaled around a place', () => {
  const points = [0, 10, 20].map((x) => ({ x, y: 0 }));
  expect(nearest(points, 14)).toBe(1);
  expect(scaled({ min: 0, max: 40 }, 10, 0.5)).toEqual({ min: 5, max: 25 });
});
