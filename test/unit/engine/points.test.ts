import { expect, test } from 'vitest';
import { Cursor, snapshotOf } from '../../../src/engine/points';
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
