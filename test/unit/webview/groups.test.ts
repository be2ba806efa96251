import { expect, test } from 'vitest';
import { groupCurves } from '../../../webview/groups';
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
