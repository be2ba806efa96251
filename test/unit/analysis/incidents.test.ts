import { describe, expect, test } from 'vitest';
import { incidentsOf } from '../../../src/analysis/incidents';
import type { Run } from '../../../src/runs/run';
import { Series } from '../../../src/runs/series';
import { makeRun } from './makeRun';

const base = (): Run => makeRun({ loss: [2, 1, 0.5] });
/** A loss of which each point came `gap(i)` ms after the one before. */
const timed = (count: number, gap: (i: number) => number): Series => {
  const series = new Series('loss', { name: 'loss', split: 'train', direction: 'lower', unit: null });
  let time = 1.7e12;
  for (let i = 0; i < count; i++) series.append(10 * i, 1, Number.NaN, (time += gap(i)), i + 1);
  return series;
};
const rate = (key: string, values: number[]): Series => {
  const series = new Series(key, { name: key, split: null, direction: 'none', unit: null });
  values.forEach((value, i) => series.append(i, value, Number.NaN, Number.NaN, i + 1));
  return series;
};

describe('incidents', () => {
  test('a run that just runs has none', () => {
    expect(incidentsOf(base())).toEqual([]);
    expect(incidentsOf({ ...base(), ending: { how: 'finished', reason: 'done', line: 9 } })).toEqual([]);
  });

  test('a crash names the line and the reason', () => {
    const ending = { how: 'crashed', reason: 'CUDA out of memory', line: 118 } as const;
    const [crash] = incidentsOf({ ...base(), ending });
    expect(crash).toMatchObject({ id: 'crashed', severity: 'error', line: 118 });
    expect(crash!.message).toMatch(/line 118.*CUDA out of memory/);
    expect(incidentsOf({ ...base(), ending: { ...ending, line: Number.NaN } })[0]).toMatchObject({
      line: null,
    });
  });

  test('a silence says how long, and what was usual', () => {
    const [stalled] = incidentsOf({ ...base(), silence: { quiet: 900_000, usual: 31_000 } });
    expect(stalled).toMatchObject({ id: 'stalled', severity: 'warning' });
    expect(stalled!.message).toContain('Nothing new for 15 min, where a point came every 31 s');
  });

  test('throughput that halved, by wall time or by the rate that is logged', () => {
    const slow = { ...base(), series: [timed(200, (i) => (i < 170 ? 100 : 400))] };
    expect(incidentsOf(slow)).toMatchObject([{ id: 'throughput-drop', severity: 'info' }]);
    expect(incidentsOf(slow)[0]!.message).toMatch(/25 steps a second, after 100 steps a second/);
    const logged = rate('tokens_per_sec', [
      ...Array<number>(90).fill(50_000),
      ...Array<number>(12).fill(9_000),
    ]);
    expect(incidentsOf({ ...base(), series: [logged] })[0]).toMatchObject({
      evidence: { before: 50_000, now: 9_000 },
    });
  });

  test('pauses for validation, a slow start and few points are no drop', () => {
    const pauses = timed(300, (i) => (i % 50 === 49 ? 60_000 : 100));
    const start = timed(300, (i) => (i < 20 ? 2_000 : 100));
    for (const series of [
      pauses,
      start,
      timed(20, (i) => (i < 15 ? 1 : 1000)),
      timed(200, () => Number.NaN),
    ]) {
      expect(incidentsOf({ ...base(), series: [series] })).toEqual([]);
    }
  });
});
