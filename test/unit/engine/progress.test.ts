import { expect, test } from 'vitest';
import { progressOf } from '../../../src/engine/progress';
import { RunBuilder } from '../../../src/runs/runBuilder';

const MINUTE = 60_000;

/** @param points step, epoch, time in minutes of each */
function run(
  context: Record<string, number>,
  points: readonly (readonly [number, number, number])[],
): RunBuilder {
  const builder = new RunBuilder('/log');
  for (const [key, value] of Object.entries(context)) builder.context.set(key, value);
  const sink = builder.sink();
  for (const [step, epoch, minutes] of points) {
    sink.at(step, epoch, minutes * MINUTE, Number.NaN);
    sink.value('loss', 1);
  }
  return builder;
}

const none = Number.NaN;

test('the time left is that of the newer half of the points', () => {
  const slowStart = [0, 10, 20, 30, 40].map((step, i) => [step, none, i < 2 ? i * 30 : 28 + i] as const);
  expect(progressOf(run({ total_steps: 100 }, slowStart), 0, null)).toEqual({
    unit: 'step',
    done: 40,
    total: 100,
    left: 6 * MINUTE,
  });
});

test('epochs that count from 0 are one behind, and the last one ends it', () => {
  const epochs = [0, 1, 2].map((epoch) => [none, epoch, epoch] as const);
  expect(progressOf(run({ total_epochs: 3 }, epochs), 0, null)).toMatchObject({
    unit: 'epoch',
    done: 3,
    total: 3,
    left: 0,
  });
  const fromOne = [1, 2].map((epoch) => [none, epoch, epoch] as const);
  expect(progressOf(run({ total_epochs: 3 }, fromOne), 0, null)).toMatchObject({ done: 2, left: MINUTE });
});

test('epochs beside steps count where only they are planned', () => {
  const both = [0.5, 1, 1.5].map((epoch, i) => [i * 100, epoch, i] as const);
  expect(progressOf(run({ total_epochs: 3 }, both), 0, null)).toMatchObject({
    unit: 'epoch',
    done: 1.5,
    left: 3 * MINUTE,
  });
});

test('without times the pace is that at which it was seen to grow', () => {
  const points = [10, 20].map((step) => [step, none, none] as const);
  const still = run({ total_steps: 100 }, points);
  expect(progressOf(still, 9 * MINUTE, null)!.left).toBeNull();
  expect(progressOf(still, 9 * MINUTE, { at: 8 * MINUTE, done: 10 })!.left).toBe(8 * MINUTE);
  expect(progressOf(still, 9 * MINUTE, { at: 8 * MINUTE, done: 20 })!.left).toBeNull();
});

test('without a plan, or without a point on it, nothing is said', () => {
  expect(progressOf(run({}, [[1, 1, 1]]), 0, null)).toBeNull();
  expect(progressOf(run({ total_steps: 100 }, [[none, 1, 1]]), 0, null)).toBeNull();
  expect(progressOf(run({ total_steps: 100 }, []), 0, null)).toBeNull();
});
