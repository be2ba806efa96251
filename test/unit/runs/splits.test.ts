import { describe, expect, it } from 'vitest';
import { RunBuilder } from '../../../src/runs/runBuilder';

/** The splits of the curves, given by key: their last values. */
function splitsOf(ends: Record<string, number>): Record<string, string | null> {
  const run = new RunBuilder('log');
  const sink = run.sink();
  for (const [key, end] of Object.entries(ends)) {
    for (const step of [0, 1]) {
      sink.at(step, Number.NaN, Number.NaN, 1);
      sink.value(key, step === 0 ? 0.5 : end);
    }
  }
  run.settle();
  return Object.fromEntries(run.series.map(({ key, split }) => [key, split]));
}

describe('the sets that XGBoost was given', () => {
  it.each([
    ['the first ended better: it was trained on', { 'validation_0-logloss': 0.1, 'validation_1-logloss': 0.2 }, 'train'],
    ['the second ended better', { 'validation_0-logloss': 0.2, 'validation_1-logloss': 0.1 }, 'val'],
    ['higher is better', { 'validation_0-auc': 0.9, 'validation_1-auc': 0.8 }, 'train'],
    ['there is but one', { 'validation_0-logloss': 0.1 }, 'val'],
    ['a curve says that it is of the training', { 'validation_0-auc': 0.9, 'validation_1-auc': 0.8, 'train-auc': 1 }, 'val'],
  ])('%s', (_what, ends, split) => {
    const [first, ...others] = Object.keys(ends);
    const splits = splitsOf(ends);
    expect(splits[first!]).toBe(split);
    for (const other of others) expect(splits[other]).toBe(other.startsWith('train') ? 'train' : 'val');
  }); // prettier-ignore
});
