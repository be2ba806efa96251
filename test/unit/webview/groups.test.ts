import { expect, test } from 'vitest';
import { constantValues, groupCurves } from '../../../webview/groups';
import { makeCurve } from './makeCurve';

test('one group per metric: loss first, then qualities, then settings; single points last', () => {
  const about = (name: string, direction: 'lower' | 'higher' | 'none', values?: number[]) =>
    makeCurve({ name, key: name, direction }, values ? { values } : {});
  const groups = groupCurves([
    about('learning_rate', 'none'),
    about('test_score', 'higher', [1]),
    about('anything', 'none'),
    about('bleu', 'higher'),
    about('accuracy', 'higher'),
    about('loss', 'lower'),
    makeCurve({ split: 'val' }),
  ]);
  expect(groups.map(({ name }) => name)).toEqual([
    'loss',
    'accuracy',
    'bleu',
    'learning_rate',
    'anything',
    'test_score',
  ]);
  expect(groups[0]!.curves).toHaveLength(2);
});

test('curves without points have no chart', () => {
  expect(groupCurves([makeCurve({}, { values: [] })])).toEqual([]);
});

test('a metric may be called as a property of every object is', () => {
  expect(groupCurves([makeCurve({ name: '__proto__' })])[0]!.name).toBe('__proto__');
});

test('what never changes and is no result needs no chart of its own', () => {
  const values = (...curves: Parameters<typeof makeCurve>[]) =>
    constantValues(groupCurves(curves.map((one) => makeCurve(...one)))[0]!);
  const setting = { name: 'learning_rate', key: 'lr', direction: 'none' } as const;
  expect(values([setting, { values: [0.1, 0.1, 0.1] }])).toEqual([0.1]);
  expect(values([setting, { values: [0.1, 0.1] }], [setting, { values: [0.2, 0.2] }])).toEqual([0.1, 0.2]);
  expect(values([setting, { values: [0.1, 0.1, 0.09] }])).toBeNull();
  expect(values([setting, { values: [0.1] }])).toBeNull();
  expect(values([{ ...setting, nonFinite: 1 }, { values: [0.1, Number.NaN, 0.1] }])).toBeNull();
  expect(values([{}, { values: [0.69, 0.69] }])).toBeNull();
});
