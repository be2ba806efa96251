import { expect, test } from 'vitest';
import { freshState, readState } from '../../../webview/viewState';

test('a state is read back as it was saved', () => {
  const state = {
    version: 1,
    path: '/a',
    smoothing: 0.5,
    logScale: true,
    logX: true,
    axis: 'time',
    hidden: ['x'],
    asTable: true,
    compared: ['/b'],
    colours: { '/a': 0, '/b': 3 },
    hiddenRuns: ['/b'],
    aligned: true,
    allSettings: true,
  };
  expect(readState(JSON.parse(JSON.stringify(state)))).toEqual(state);
});

test.each([undefined, null, 7, 'text', {}, { version: 9 }])(
  'without a state it is the fresh one: %j',
  (saved) => {
    expect(readState(saved)).toEqual(freshState);
  },
);

test('what does not fit is left at its default', () => {
  const saved = {
    path: 1,
    smoothing: 1,
    logScale: 'yes',
    axis: 'x',
    hidden: [1, 'a', null],
    asTable: 1,
    colours: { a: 'x', b: 1 },
  };
  expect(readState(saved)).toEqual({ ...freshState, hidden: ['a'], colours: { b: 1 } });
  expect(readState({ smoothing: Number.NaN }).smoothing).toBe(0);
});
