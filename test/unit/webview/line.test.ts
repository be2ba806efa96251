import { expect, test } from 'vitest';
import { drawable, Line, OddPoints } from '../../../webview/line';

test('a line takes in only what is new', () => {
  const line = new Line();
  expect(line.extend([0, 1], [5, 6])).toBe(true);
  expect(line.extend([0, 1], [5, 6])).toBe(false);
  expect(line.extend([0, 1, 2], [5, 6, 7])).toBe(true);
  expect(line.points).toEqual([
    { x: 0, y: 5 },
    { x: 1, y: 6 },
    { x: 2, y: 7 },
  ]);
});

test('values without a place on the axis are left out, and each point knows its value', () => {
  const line = new Line();
  line.extend([0, Number.NaN, 2], [5, 6, 7]);
  expect(line.points.map(({ x }) => x)).toEqual([0, 2]);
  expect(line.source).toEqual([0, 2]);
});

test('the line breaks where a value is no number, and where the axis goes back', () => {
  const line = new Line();
  line.extend([0, 1, 2, 1], [5, Number.POSITIVE_INFINITY, 7, 8]);
  expect(line.points.map(({ y }) => y)).toEqual([5, Number.NaN, 7, Number.NaN, 8]);
  expect(line.source).toEqual([0, 1, 2, -1, 3]);
});

test('odd values stand at the height of the last finite one, those before any at that of the first', () => {
  const odd = new OddPoints((value) => !Number.isFinite(value));
  odd.extend([0, 1, 2, 3], [Number.NaN, 4, Number.NaN, 5]);
  expect(odd.points).toEqual([
    { x: 0, y: 4 },
    { x: 2, y: 4 },
  ]);
  odd.extend([0, 1, 2, 3, 4], [Number.NaN, 4, Number.NaN, 5, Number.NEGATIVE_INFINITY]);
  expect(odd.points.at(-1)).toEqual({ x: 4, y: 5 });
});

test('a curve without a number has a place for its odd values all the same', () => {
  const odd = new OddPoints((value) => !Number.isFinite(value), drawable(), 0, 0.5);
  odd.extend([1, 2], [Number.NaN, Number.POSITIVE_INFINITY]);
  expect(odd.points).toEqual([
    { x: 1, y: 0.5 },
    { x: 2, y: 0.5 },
  ]);
});

test('on log scales what is not above zero has no place sideways, and no height upwards', () => {
  const can = drawable(true, true);
  const line = new Line(can);
  line.extend([0, 1, 2, 3], [5, 6, 0, 8]);
  expect(line.points).toEqual([
    { x: 1, y: 6 },
    { x: 2, y: Number.NaN },
    { x: 3, y: 8 },
  ]);
  const below = new OddPoints((value) => value <= 0, can);
  below.extend([1, 2, 3, 4], [6, 0, Number.NaN, -1]);
  expect(below.points).toEqual([
    { x: 2, y: 6 },
    { x: 4, y: 6 },
  ]);
});
