import { expect, test } from 'vitest';
import { constantValues, groupCurves } from '../../../webview/groups';
import type { SeriesInfo } from '../../../src/protocol';
import type { Curve } from '../../../webview/curves';
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

const named = (name: string, about: Partial<SeriesInfo> = {}): Curve =>
  makeCurve({ name, key: name, ...about });
const order = (...curves: Curve[]): string[] => groupCurves(curves).map(({ name }) => name);

test('training comes before validation in a chart, whatever the log prints first', () => {
  const [group] = groupCurves([
    makeCurve({ split: 'test' }),
    makeCurve({ split: 'val' }),
    makeCurve({ split: null }),
    makeCurve(),
  ]);
  expect(group!.curves.map(({ info }) => info.split)).toEqual(['train', null, 'val', 'test']);
});

test('what drives the training is seen at once, behind the results', () => {
  const lr = named('learning_rate', { direction: 'none', split: null });
  const maps = [1, 2, 3, 4, 5, 6].map((i) => named(`mAP_${i}`, { direction: 'higher', split: 'val' }));
  expect(order(makeCurve(), ...maps, lr).slice(0, 7)).toEqual([
    ...['loss', 'mAP_1', 'mAP_2', 'mAP_3', 'mAP_4', 'learning_rate', 'mAP_5'],
  ]);
  const constant = makeCurve({ ...lr.info }, { values: [0.1, 0.1] });
  expect(order(makeCurve(), ...maps, constant)[5]).toBe('mAP_5');
});

test('parts of a loss come behind what drives it; where there is no sum, and where they are validated, they lead', () => {
  const drive = named('grad_norm', { direction: 'none', split: null });
  expect(order(named('loss_cls'), drive, makeCurve())).toEqual(['loss', 'grad_norm', 'loss_cls']);
  expect(order(drive, named('box_loss'))).toEqual(['box_loss', 'grad_norm']);
  expect(order(drive, named('loss_cls', { split: 'val' }), makeCurve())[1]).toBe('loss_cls');
});

test('a perplexity comes behind the loss that it is made of, and precision behind the mAP', () => {
  expect(order(named('perplexity'), named('CrossEntropyLoss'))).toEqual(['CrossEntropyLoss', 'perplexity']);
  const higher = { direction: 'higher' } as const;
  expect(order(named('precision', higher), named('mAP50', higher))).toEqual(['mAP50', 'precision']);
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
