import { describe, expect, test } from 'vitest';
import { buildCurve, placeAt } from '../../../src/analysis/curve';
import { MAX_POINTS } from '../../../src/analysis/points';
import { makeSeries } from './makeRun';

const loss = { name: 'loss', split: 'train', direction: 'lower', unit: null } as const;
const accuracy = { name: 'accuracy', split: 'val', direction: 'higher', unit: null } as const;
const of = (values: number[], steps?: number[]) => buildCurve(makeSeries('loss', loss, values, steps), [0]);

describe('buildCurve', () => {
  test('averages several ranks at one step', () => {
    const curve = of([1, 3, 2, 4], [0, 0, 10, 10]);
    expect([...curve.x]).toEqual([0, 10]);
    expect([...curve.y]).toEqual([2, 3]);
  });

  test('a resume keeps the later values', () => {
    const curve = of([9, 8, 7, 6, 5, 50, 40, 3], [0, 1, 2, 3, 4, 3, 4, 5]);
    expect([...curve.y]).toEqual([9, 8, 7, 50, 40, 3]);
    expect(curve.notes.join()).toContain('resumed');
  });

  test('a restart keeps the last run, and the one before while the last is too short', () => {
    const steps = [0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4];
    const values = [9, 8, 7, 6, 5, 4, 19, 18, 17, 16, 15];
    const curve = of(values, steps);
    expect([...curve.y]).toEqual([19, 18, 17, 16, 15]);
    expect(curve.notes.join()).toContain('2 runs');
    expect([...of(values.slice(0, 9), steps.slice(0, 9)).y]).toEqual([9, 8, 7, 6, 5, 4]);
  });

  test('newest-first files are sorted', () => {
    expect([...of([1, 2, 3, 4], [30, 20, 10, 0]).y]).toEqual([4, 3, 2, 1]);
  });

  test('many lines at one epoch are spread, not averaged', () => {
    const series = makeSeries('loss', loss, []);
    for (let i = 0; i < 12; i++) series.append(Number.NaN, 12 - i, Math.floor(i / 4), Number.NaN, i + 1);
    expect(buildCurve(series, [0]).y).toHaveLength(12);
  });

  test('keeps non-finite values aside and knows the first', () => {
    const curve = of([3, 2, Number.NaN, 1e308, 1, Number.POSITIVE_INFINITY]);
    expect([...curve.y]).toEqual([3, 2, 1]);
    expect(curve.nonFinite).toEqual({ count: 3, first: 2, trailing: 1, longestGap: 2, infinite: 2 });
  });

  test('percent and fraction of an accuracy become the same', () => {
    const fractions = buildCurve(makeSeries('acc', accuracy, [0.1, 0.5, 0.9]), [0]);
    const percents = buildCurve(makeSeries('acc', accuracy, [10, 50, 90]), [0]);
    expect([...percents.y]).toEqual([...fractions.y]);
    expect(fractions.keep).toBe(2);
  });

  test('leaves out the climb of a running average that starts at zero', () => {
    const values = Array.from({ length: 60 }, (_, i) => (3 - i * 0.03) * (1 - 0.4 ** i));
    expect(of(values).y[0]).toBeGreaterThan(2);
  });

  test('a million points are thinned and places still name the source', () => {
    const count = 1_000_000;
    const series = makeSeries('loss', loss, []);
    for (let i = 0; i < count; i++)
      series.append(i, i === 777 ? Number.NaN : 1 + 1 / (1 + i), Number.NaN, Number.NaN, i + 1);
    const curve = buildCurve(series, [0]);
    expect(curve.y.length).toBeGreaterThan(MAX_POINTS / 2);
    expect(curve.y.length).toBeLessThanOrEqual(MAX_POINTS);
    expect(curve.nonFinite?.first).toBe(777);
    expect(placeAt(curve, curve.y.length - 1)).toEqual({
      step: count - 1,
      epoch: null,
      line: count,
      axis: 'step',
    });
  });
});
