import { expect, test } from 'vitest';
import { Cursor, detailOf, snapshotOf } from '../../../src/engine/points';
import type { RunSummary } from '../../../src/protocol';
import { RunBuilder } from '../../../src/runs/runBuilder';

function resumed(): RunBuilder {
  const run = new RunBuilder('/run');
  for (const [path, from] of [
    ['/run/a.log', 0],
    ['/run/b.log', 100],
  ] as const) {
    const sink = run.sink(null, undefined, path);
    for (let i = 0; i < 100; i++) {
      sink.at(from + i, Number.NaN, Number.NaN, i + 1);
      sink.value('loss', Math.sin(from + i));
    }
  }
  return run;
}

const snapshot = (run: RunBuilder, max: number) => snapshotOf(run, 1, {} as RunSummary, null, null, max);

test('the points of a run say which file each is from, also in a picture that leaves most out', () => {
  for (const max of [1_000, 20]) {
    const { files, series } = snapshot(resumed(), max);
    expect(files).toEqual(['/run/a.log', '/run/b.log']);
    const { steps, files: sources } = series[0]!.points;
    expect(sources).toEqual([
      { at: 0, file: 0 },
      { at: steps.findIndex((step) => step >= 100), file: 1 },
    ]);
  }
});

test('added points say it, too; a file that is new needs a new picture', () => {
  const run = resumed();
  const cursor = new Cursor();
  cursor.catchUp(run);
  const more = (path: string): void => {
    const sink = run.sink(null, undefined, path);
    sink.at(300, Number.NaN, Number.NaN, 1);
    sink.value('loss', 1);
  };
  more('/run/a.log');
  expect(cursor.advance(run, 10)![0]!.points.files).toEqual([{ at: 0, file: 0 }]);
  more('/run/c.log');
  expect(cursor.advance(run, 10)).toBeNull();
});

test('of ten million points a part shows every spike in it, at most 4 points a pixel column', () => {
  const run = new RunBuilder('/run');
  const sink = run.sink(null, undefined, '/run/a.log');
  sink.at(0, Number.NaN, Number.NaN, 1);
  sink.value('loss', 0);
  const loss = run.series[0]!;
  const spikes = [5_000_017, 5_049_999, 5_099_998];
  const high = new Set(spikes);
  for (let i = 1; i < 10_000_000; i++)
    loss.append(i, high.has(i) ? 50 : i % 7, Number.NaN, Number.NaN, i + 1);
  const part = {
    series: [0],
    axis: 'step',
    min: 5_000_000,
    max: 5_100_000,
    log: false,
    columns: 800,
  } as const;
  const { generation, series } = detailOf(run, 3, part);
  const { steps, values, lines } = series[0]!.points;
  expect([generation, series[0]!.index]).toEqual([3, 0]);
  expect(steps.length).toBeLessThanOrEqual(3200);
  expect([...steps].filter((_, i) => values[i] === 50)).toEqual(spikes);
  expect([steps[0], steps.at(-1), lines[0]]).toEqual([5_000_000, 5_100_000, 5_000_001]);
  // Close enough, all of them.
  const close = detailOf(run, 3, { ...part, max: 5_002_000 }).series[0]!.points;
  expect(close.steps).toHaveLength(2001);
  expect(close.files).toEqual([{ at: 0, file: 0 }]);
  expect(detailOf(run, 3, { ...part, series: [7], axis: 'time' }).series).toEqual([]);
});
