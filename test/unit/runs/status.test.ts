import { describe, expect, it } from 'vitest';
import { RunBuilder } from '../../../src/runs/runBuilder';
import { silenceOf, statusOf } from '../../../src/runs/status';

const minute = 60_000;
const now = 1_000_000 * minute;

function runOf(
  points: { step?: number; epoch?: number; time?: number }[],
  context: Record<string, number> = {},
): RunBuilder {
  const run = new RunBuilder('log');
  const sink = run.sink();
  for (const { step = Number.NaN, epoch = Number.NaN, time = Number.NaN } of points) {
    sink.at(step, epoch, time, 1);
    sink.value('loss', 1);
  }
  for (const [key, value] of Object.entries(context)) sink.context(key, value);
  return run;
}

const ten = Array.from({ length: 10 }, (_, i) => ({ epoch: i }));
const copied = { created: 0, modified: now - 10 * minute };

describe('statusOf', () => {
  it('calls a log that has just grown running, and one that is long quiet unknown', () => {
    expect(statusOf(runOf(ten), { created: 0, modified: now - 1_000 }, now)).toBe('running');
    expect(statusOf(runOf(ten), copied, now)).toBe('unknown');
    expect(statusOf(runOf([]), { created: 0, modified: now }, now)).toBe('unknown');
  });

  it('gives slow epochs their own time: by wall times in the log, else by the age of the file', () => {
    const timed = Array.from({ length: 10 }, (_, i) => ({ epoch: i, time: now - (20 - i) * 5 * minute }));
    expect(statusOf(runOf(timed), copied, now)).toBe('running');
    expect(statusOf(runOf(ten), { created: now - 60 * minute, modified: now - 10 * minute }, now)).toBe(
      'running',
    );
    expect(statusOf(runOf(ten), { created: now - 11 * minute, modified: now - 10 * minute }, now)).toBe(
      'unknown',
    );
  });

  it('knows the planned end, counted from 0 or from 1', () => {
    expect(statusOf(runOf(ten, { total_epochs: 10 }), copied, now)).toBe('finished');
    expect(
      statusOf(
        runOf(
          ten.map(({ epoch }) => ({ epoch: epoch + 1 })),
          { total_epochs: 10 },
        ),
        copied,
        now,
      ),
    ).toBe('finished');
    expect(statusOf(runOf(ten.slice(0, 9), { total_epochs: 10 }), copied, now)).toBe('unknown');
    expect(statusOf(runOf([{ step: 100 }], { total_steps: 100 }), copied, now)).toBe('finished');
  });

  it('believes a log that says how it ended', () => {
    const run = runOf(ten);
    run.sink().ended('crashed', 'CUDA out of memory', 9);
    expect(statusOf(run, { created: 0, modified: now }, now)).toBe('crashed');
    run.sink().value('loss', 1);
    expect(statusOf(run, { created: 0, modified: now }, now)).toBe('running');
  });
});

describe('silenceOf', () => {
  // One point a minute, the last an hour ago.
  const quiet = { created: now - 70 * minute, modified: now - 60 * minute };

  it('is that of a run that was seen to grow, or that planned to go on', () => {
    expect(silenceOf(runOf(ten), quiet, now, true)).toEqual({ quiet: 60 * minute, usual: minute });
    expect(silenceOf(runOf(ten), quiet, now, false)).toBeNull();
    expect(silenceOf(runOf(ten, { total_epochs: 50 }), quiet, now, false)).not.toBeNull();
    expect(silenceOf(runOf(ten, { total_epochs: 10 }), quiet, now, true)).toBeNull();
  });

  it('needs ten usual intervals and a minute, and a run that did not end', () => {
    const soon = { created: now - 19 * minute, modified: now - 9 * minute };
    expect(silenceOf(runOf(ten), soon, now, true)).toBeNull();
    const fast = { created: now - 40_000, modified: now - 30_000 };
    expect(silenceOf(runOf(ten), fast, now, true)).toBeNull();
    const ended = runOf(ten);
    ended.sink().ended('crashed', 'Killed', 10);
    expect(silenceOf(ended, quiet, now, true)).toBeNull();
    const old = { created: now - 3000 * minute, modified: now - 2990 * minute };
    expect(silenceOf(runOf(ten, { total_epochs: 50 }), old, now, false)).toBeNull();
  });
});
