import { expect, test } from 'vitest';
import { buildCurve } from '../../../src/analysis/curve';
import { risingPoints } from '../../../src/analysis/longSeries';
import { MAX_POINTS } from '../../../src/analysis/points';
import { Series } from '../../../src/runs/series';

const empty = () => new Series('loss', { name: 'loss', split: 'train', direction: 'lower', unit: null });
const valueAt = (i: number): number =>
  i % 997 === 5 ? Number.NaN : i % 5003 === 0 ? 1e308 : 2 + Math.sin(i * i) + 1000 / (i + 1);
const extend = (series: Series, to: number): Series => {
  for (let i = series.length; i < to; i++) series.append(3 * i, valueAt(i), Number.NaN, Number.NaN, i + 1);
  return series;
};

test('a long series that grows gives the curve that it gives when it is read at once', () => {
  const growing = empty();
  for (const length of [4000, 4096, 4097, 4100, 9000, 9001, 33_333, 70_000]) {
    const live = buildCurve(extend(growing, length), [0]);
    const fresh = buildCurve(extend(empty(), length), [0]);
    expect(live.y).toEqual(fresh.y);
    expect(live.x).toEqual(fresh.x);
    expect(live.source).toEqual(fresh.source);
    expect(live.nonFinite).toEqual(fresh.nonFinite);
    expect(live.points).toBe(length);
    expect(live.y.length).toBeLessThanOrEqual(MAX_POINTS);
    expect(live.y.length).toBeGreaterThan(Math.min(length, MAX_POINTS) * 0.45);
  }
});

test('what was found of non-finite values is what a look at every point finds', () => {
  const series = extend(empty(), 20_000);
  const values = Array.from({ length: 20_000 }, (_, i) => valueAt(i));
  const bad = values.map((value) => !(Math.abs(value) < 1e308));
  expect(risingPoints(series)!.nonFinite).toMatchObject({
    count: bad.filter(Boolean).length,
    first: bad.indexOf(true),
    infinite: values.filter((value) => value === 1e308).length,
    trailing: 0,
  });
});

test('a step that falls or repeats is ordered the other way, also when it comes late', () => {
  const series = extend(empty(), 5000);
  expect(risingPoints(series)).not.toBeNull();
  series.append(14_000, 0.5, Number.NaN, Number.NaN, 5001);
  expect(risingPoints(series)).toBeNull();
  const curve = buildCurve(series, [0]);
  expect(curve.notes.join()).toContain('goes back');
  expect(risingPoints(extend(empty(), 100))).toBeNull();
});

test('blocks are medians: one hard batch does not colour its block', () => {
  const series = empty();
  for (let i = 0; i < 50_000; i++) series.append(i, i === 30_000 ? 1e9 : 1, Number.NaN, Number.NaN, i + 1);
  expect(Math.max(...buildCurve(series, [0]).y)).toBe(1);
});
