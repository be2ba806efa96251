import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../src/ledger/entry';
import { goingOn, isAnew, isNews, isTwin } from '../../../src/ledger/record';

const ended: Entry = {
  ...{ run: '/a/train.log', title: 'a', script: '/a/train.py', start: 1, end: 2, state: 'finished' },
  ...{ code: null, outcomes: [], points: 100, label: 'healthy', symptoms: [], applied: [] },
};
const told = { state: 'finished', label: 'healthy', points: 100, beginning: null } as const;
/** How a training begins whose first losses are these. */
const begins = (...losses: number[]) => ({ loss: losses.map((loss, x) => ({ x, what: String(loss) })) });
const NOW = 1_000_000_000;

describe('a run is news', () => {
  it.each<[string, boolean, Parameters<typeof isNews>]>([
    ['when it begins', true, [undefined, { ...told, state: 'running' }, undefined, NOW]],
    ['when its output has just ended', true, [undefined, told, { start: 1, end: NOW - 1 }, NOW]],
    ['not after it was forgotten', false, [undefined, told, { start: 1, end: 2 }, NOW]],
    ['not when it is an old log', false, [undefined, told, undefined, NOW]],
    ['when it ends', true, [goingOn(ended), told, undefined, NOW]],
    ['not while it goes on', false, [goingOn(ended), { ...told, state: 'running' }, undefined, NOW]],
    [
      'when it goes on after its end',
      true,
      [ended, { ...told, state: 'running', points: 101 }, undefined, NOW],
    ],
    ['when it is begun anew', true, [ended, { ...told, state: 'running', points: 1 }, undefined, NOW]],
    ['not before it says more than it did', false, [ended, { ...told, state: 'running' }, undefined, NOW]],
    ['when it ends once more', true, [{ ...goingOn(ended) }, told, undefined, NOW]],
    ['not when all is known', false, [ended, told, undefined, NOW]],
    [
      'not while it is empty, before the next training says something',
      false,
      [ended, { ...told, state: 'unknown', points: 0 }, undefined, NOW],
    ],
    [
      'when it ends without a point',
      true,
      [goingOn(ended), { ...told, state: 'unknown', points: 0 }, undefined, NOW],
    ],
    [
      'when a training that was over at once began otherwise',
      true,
      [ended, { ...told, beginning: begins(2, 1) }, undefined, NOW, begins(3, 2)],
    ],
    [
      'when another began before the end of the last was told',
      true,
      [goingOn(ended), { ...told, state: 'running', beginning: begins(2) }, undefined, NOW, begins(3, 2)],
    ],
    [
      'not when more of its beginning is known',
      false,
      [
        goingOn(ended),
        { ...told, state: 'running', beginning: begins(3, 2, 1) },
        undefined,
        NOW,
        begins(3, 2),
      ],
    ],
    ['when its last lines are read after its end', true, [ended, { ...told, points: 104 }, undefined, NOW]],
    ['not when fewer of its points are read again', false, [ended, { ...told, points: 90 }, undefined, NOW]],
    ['with another verdict', true, [ended, { ...told, label: 'overfitting' }, undefined, NOW]],
  ])('%s: %s', (_, news, given) => {
    expect(isNews(...given)).toBe(news);
  });
});

it('a log that begins again with less than it had is of another training', () => {
  expect(isAnew(ended, { ...told, state: 'running', points: 3 })).toBe(true);
  expect(isAnew(ended, { ...told, state: 'running', points: 103 })).toBe(false);
  expect(isAnew(goingOn(ended), { ...told, state: 'running', points: 3 })).toBe(false);
});

it('a log that begins with something else is of another training, whatever was told of the end of the last', () => {
  const anew = (known: Entry, ...losses: number[]) =>
    isAnew(known, { ...told, beginning: begins(...losses) }, begins(3, 2));
  expect(anew(ended, 2, 1)).toBe(true);
  expect(anew(goingOn(ended), 2)).toBe(true);
  expect(anew(ended, 3, 2, 1)).toBe(false);
  // Of other curves nothing can be said.
  expect(isAnew(ended, { ...told, beginning: { accuracy: [{ x: 0, what: '1' }] } }, begins(3, 2))).toBe(
    false,
  );
});

it('a log is of the program whose output was followed when it was begun', () => {
  expect(isTwin({ start: 10, end: null }, 11)).toBe(true);
  expect(isTwin({ start: 10, end: 12 }, 13)).toBe(false);
  expect(isTwin({ start: 10, end: null }, 9)).toBe(false);
});
