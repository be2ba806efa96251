import { expect, test } from 'vitest';
import type { LogSpan } from '../../../src/analysis/diagnosis';
import type { Curve } from '../../../webview/curves';
import { Line } from '../../../webview/line';
import { judgedPart, type Part } from '../../../webview/otherTrainings';
import { partsOf } from '../../../webview/picture';
import { makeCurve } from './makeCurve';

/** Two trainings of three steps in a log whose first point is in line 2; before the second there is a break of the line. */
function twice(): Curve {
  const curve = makeCurve({}, { values: [3, 2, 1, 3, 2, 1], steps: [0, 1, 2, 0, 1, 2] });
  curve.lines.splice(0, 6, 2, 3, 4, 5, 6, 7);
  return curve;
}

function partOf(curve: Curve, judged: LogSpan | null): Part | null {
  const line = new Line();
  line.extend(curve.steps, curve.values);
  return judgedPart(curve, line, judged);
}

test.each([
  ['the last of them', { file: null, from: 5, to: null }, { from: 4, to: 7 }],
  ['the first of them', { file: null, from: 2, to: 4 }, { from: 0, to: 4 }],
  ['one whose first line is of another curve', { file: null, from: 4.5, to: null }, { from: 4, to: 7 }],
  ['one that this curve has no point of yet', { file: null, from: 9, to: null }, { from: 7, to: 7 }],
  ['nothing known', null, null],
  ['one in another file', { file: 1, from: 5, to: null }, null],
])('of two trainings in a log are judged: %s', (_what, judged, part) => {
  expect(partOf(twice(), judged)).toEqual(part);
});

test('a run that it is compared with has a log of its own', () => {
  const curve = twice();
  const other = { ...curve, run: { ...curve.run, main: false } };
  expect(partOf(other, { file: null, from: 5, to: null })).toBeNull();
});

test('a picture leaves no gap between the part that is judged and the others', () => {
  const data = [0, 1, 2, 3, 4, 5].map((x) => ({ x, y: x }));
  const partsIn = (from: number, to: number): [string, number[]][] =>
    partsOf({ data, borderColor: 'own', judged: { from, to, others: 'faint' } }).map(({ colour, points }) => [
      colour,
      points.map(({ x }) => x),
    ]);
  expect(partsIn(2, 4)).toEqual([
    ['faint', [0, 1, 2]],
    ['faint', [3, 4, 5]],
    ['own', [2, 3]],
  ]);
  expect(partsIn(0, Infinity)).toEqual([['own', [0, 1, 2, 3, 4, 5]]]);
  expect(partsIn(6, 6)).toEqual([['faint', [0, 1, 2, 3, 4, 5]]]);
});
