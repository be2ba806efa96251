import { expect, test } from 'vitest';
import { closeLook } from '../../../src/runs/closeLook';
import { Column } from '../../../src/runs/column';
import { pointsInRange } from '../../../src/runs/downsample';
import { MOST_TURNS, XColumn } from '../../../src/runs/xColumn';

const counted = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i);

function columns(xs: readonly number[], y: (i: number) => number = Math.sin): [XColumn, Column] {
  const [column, values] = [new XColumn(), new Column()];
  xs.forEach((x, i) => {
    column.push(x);
    values.push(y(i));
  });
  return [column, values];
}

test('a column knows where its places go back', () => {
  expect(columns(counted(0, 100))[0].turns).toEqual([]);
  expect(columns([0, 1, 1, 2, 1, 2, 3, 0])[0].turns).toEqual([4, 7]);
  expect(columns([0, 1, Number.NaN, 2, 3])[0].turns).toEqual([2, 3]);
  expect(columns(counted(0, 1000).map((i) => -i))[0].turns).toHaveLength(MOST_TURNS + 1);
});

test('of ascending places only those in the part are looked at', () => {
  const steps = counted(0, 1_000_000);
  let reads = 0;
  const seen = new Proxy(steps, {
    get(target, key): unknown {
      if (key !== 'length') reads++;
      return Reflect.get(target, key);
    },
  });
  const range = { min: 500_000, max: 510_000 };
  const kept = pointsInRange(seen, steps, range, 100, true);
  expect(reads).toBeLessThan(4 * 10_001);
  expect(kept).toEqual(pointsInRange(steps, steps, range, 100));
});

test('each piece of a resumed run is there with its own extremes, and the rest thinned out', () => {
  const xs = [...counted(0, 60_000), ...counted(50_000, 100_000)];
  const spikes = new Map([
    [55_123, 9],
    [65_123, -9],
  ]);
  const [x, y] = columns(xs, (i) => spikes.get(i) ?? Math.sin(i));
  const range = { min: 54_000, max: 56_000 };
  const { kept, whole } = closeLook(x, y, range, 50);
  expect(whole).toBe(true);
  expect(kept).toContain(55_123);
  expect(kept).toContain(65_123);
  const inside = [...kept].filter((i) => xs[i]! >= range.min && xs[i]! <= range.max);
  expect(inside.filter((i) => i < 60_000).length).toBeGreaterThan(100);
  expect(inside.filter((i) => i >= 60_000).length).toBeGreaterThan(100);
  expect(inside.length).toBeLessThanOrEqual(2 * 50 * 4);
  for (const neighbour of [53_999, 56_001, 63_999, 66_001]) expect(kept).toContain(neighbour);
  expect(kept[0]).toBe(0);
  expect(kept.at(-1)).toBe(xs.length - 1);
  expect(kept.every((i, at) => at === 0 || i > kept[at - 1]!)).toBe(true);
});

test('places in no order are looked at as a whole', () => {
  const xs = counted(0, 20_000).map((i) => (i % 2 === 0 ? i : i - 5));
  const { kept, whole } = closeLook(...columns(xs), { min: 100, max: 200 }, 50);
  expect(whole).toBe(false);
  expect([...kept].every((i) => xs[i]! >= 100 && xs[i]! <= 200)).toBe(true);
  expect(kept.length).toBeGreaterThan(50);
});
