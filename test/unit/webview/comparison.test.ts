import { expect, test } from 'vitest';
import { columnsOf, leader, settingsOf, shortNames, standing, toldApart } from '../../../webview/comparison';
import { makeCurve } from './makeCurve';

const val = makeCurve({ split: 'val', axis: 'epoch' }, { values: [3, 1, 2], steps: [10, 20, 30] });

test('runs are compared by what says how good they are, validation losses first', () => {
  const columns = columnsOf([
    makeCurve({ name: 'learning_rate', direction: 'none', split: null }),
    makeCurve({ name: 'bleu', direction: 'higher', split: null }),
    makeCurve({ name: 'accuracy', direction: 'higher', split: 'val' }),
    makeCurve(),
    val,
    makeCurve({ name: 'empty' }, { values: [] }),
  ]);
  expect(columns.map(({ name, split }) => `${split} ${name}`)).toEqual([
    'val loss',
    'train loss',
    'val accuracy',
    'null bleu',
  ]);
});

test('the best value depends on the direction of the metric', () => {
  const column = { name: 'loss', split: 'val', direction: 'lower' } as const;
  expect(standing([val], column)).toEqual({ best: 1, at: 20, last: 2 });
  expect(standing([val], { ...column, direction: 'higher' })).toEqual({ best: 3, at: 10, last: 2 });
  expect(standing([makeCurve()], column)).toBeNull();
  expect(standing([makeCurve({ split: 'val' }, { values: [Number.NaN] })], column)).toBeNull();
});

test('one run leads, unless it is alone or another is as good', () => {
  const lower = { name: 'loss', split: null, direction: 'lower' } as const;
  const at = (best: number) => ({ best, at: 0, last: 0 });
  expect(leader([at(2), null, at(1)], lower)).toBe(2);
  expect(leader([at(2), null, at(1)], { ...lower, direction: 'higher' })).toBe(0);
  expect(leader([at(1), at(1)], lower)).toBe(-1);
  expect(leader([at(1), null], lower)).toBe(-1);
});

test('settings stand side by side, those that differ first; one that is missing differs', () => {
  expect(
    settingsOf([
      { seed: 1, lr: 0.1, name: 'a' },
      { seed: 1, lr: 0.01 },
    ]),
  ).toEqual([
    { name: 'lr', values: ['0.1', '0.01'], differs: true },
    { name: 'name', values: ['a', null], differs: true },
    { name: 'seed', values: ['1', '1'], differs: false },
  ]);
  expect(settingsOf([JSON.parse('{"__proto__": 1}') as Record<string, number>, {}])[0]).toMatchObject({
    name: '__proto__',
    values: ['1', null],
  });
});

test('titles lose what they share, and never all they have', () => {
  expect(shortNames(['runs/a/log.csv', 'runs/b/log.csv'])).toEqual(['a', 'b']);
  expect(shortNames(['runs/a.csv', 'runs/b.csv'])).toEqual(['a.csv', 'b.csv']);
  expect(shortNames(['x\\y\\log', 'x\\z\\log'])).toEqual(['y', 'z']);
  expect(shortNames(['a/log.csv', 'a/log.csv'])).toEqual(['log.csv', 'log.csv']);
  expect(shortNames(['log.csv', 'deep/er/log.csv'])).toEqual(['log.csv', 'deep/er/log.csv']);
  expect(shortNames(['only/one.csv'])).toEqual(['only/one.csv']);
});

test('runs of one name are told apart by when they were', () => {
  const at = (hour: number) => new Date(2026, 0, 2, hour, 5, 31).getTime();
  expect(toldApart(['a', 'b', 'a'], [at(9), at(10), at(14)])).toEqual(['a (09:05:31)', 'b', 'a (14:05:31)']);
  expect(toldApart(['a', 'a'], [null, at(1)])).toEqual(['a', 'a (01:05:31)']);
});
