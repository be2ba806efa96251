import { describe, expect, test } from 'vitest';
import { runOf, type History } from '../../../../src/analysis/model/history';
import { truthOf } from '../../../../src/analysis/model/oracle';

const by = (count: number, f: (i: number) => number) => Array.from({ length: count }, (_, i) => f(i));
const SHOWN = 40;
const TOTAL = 100;

interface Parts {
  recipe: string;
  test: (i: number) => number;
  clean: (i: number) => number;
  val?: (i: number) => number;
  train?: (i: number) => number;
  accuracy?: number;
  plan?: number;
  evaluations?: number;
}

/** A history that shows 40 of 100 evaluations, counted by epochs from 1. */
function history(parts: Parts): History {
  const { recipe, test: onTest, clean, evaluations = SHOWN, plan = evaluations } = parts;
  const x = by(evaluations, (i) => i + 1);
  return {
    ...{ id: 'made/data/mlp/2', framework: 'made', data: 'data', architecture: 'mlp', seed: 2 },
    ...{ task: 'classification', recipe, classes: 10, knobs: {}, axis: 'epoch', evaluations, plan },
    log: {
      train: { x, y: by(evaluations, parts.train ?? clean) },
      val: { x, y: by(evaluations, parts.val ?? onTest) },
      ...(parts.accuracy === undefined
        ? {}
        : { train_accuracy: { x, y: by(evaluations, () => parts.accuracy!) } }),
    },
    oracle: {
      x: by(TOTAL, (i) => i + 1),
      test: by(TOTAL, onTest),
      clean: by(TOTAL, clean),
      ...(parts.accuracy === undefined
        ? {}
        : {
            test_accuracy: by(TOTAL, () => parts.accuracy!),
            clean_accuracy: by(TOTAL, () => parts.accuracy!),
          }),
    },
  };
}

const falling = (i: number) => 0.1 + 2 * Math.exp(-i / 8);
const turning = (i: number) => (i < 10 ? 2 - 0.12 * i : 0.8 + 0.01 * (i - 10));

describe('what was the matter', () => {
  test('overfitting needs a test loss that rises while training goes on, seen by the log as well', () => {
    const parts = { recipe: 'few-data', test: turning, clean: (i: number) => 2 * Math.exp(-i / 12) };
    expect(truthOf(history(parts))).toMatchObject({
      label: 'overfitting',
      ambiguous: false,
      best: 10,
      onset: 10,
    });
    // Before the turn it was healthy.
    expect(truthOf(history(parts), 10)).toMatchObject({ label: 'healthy', ambiguous: false });
    // A lucky validation set shows nothing of it.
    expect(truthOf(history({ ...parts, val: falling }))).toMatchObject({
      label: 'overfitting',
      ambiguous: true,
    });
  });

  test('a test loss that later gets better than ever is no certain overfitting', () => {
    const twice = (i: number) => (i < 60 ? turning(i) : 0.3);
    const parts = { recipe: 'double-descent', test: twice, clean: (i: number) => 2 * Math.exp(-i / 12) };
    expect(truthOf(history(parts)).ambiguous).toBe(true);
  });

  test('unstable: not a number, or half of what was learned thrown away, where that was built in', () => {
    const broken = (i: number) => (i < 20 ? falling(i) : Number.NaN);
    expect(truthOf(history({ recipe: 'overflow', test: broken, clean: broken }))).toMatchObject({
      label: 'unstable',
      ambiguous: false,
      onset: 20,
    });
    const thrown = (i: number) => (i < 20 || i > 30 ? falling(i) : 1.8);
    expect(truthOf(history({ recipe: 'lr-high', test: thrown, clean: thrown }))).toMatchObject({
      label: 'unstable',
      ambiguous: false,
      onset: 20,
    });
    expect(truthOf(history({ recipe: 'good', test: thrown, clean: thrown })).ambiguous).toBe(true);
    // What the log does not show is no example, and an early storm that passed is a matter of taste.
    const unseen = { recipe: 'lr-high', test: thrown, clean: thrown, train: falling, val: falling };
    expect(truthOf(history(unseen))).toMatchObject({ label: 'unstable', ambiguous: true });
    const passed = (i: number) => (i < 5 || i > 10 ? falling(i) : 2.4);
    expect(truthOf(history({ recipe: 'lr-high', test: passed, clean: passed })).ambiguous).toBe(true);
  });

  test('nothing is certain of a log whose rate rises in equal ratios to its end, as in a range test', () => {
    const broken = (i: number) => (i < 30 ? falling(i) : Number.NaN);
    const plain = history({ recipe: 'overflow', test: broken, clean: broken });
    const rate = (y: number[]): History => ({
      ...plain,
      log: { ...plain.log, learning_rate: { x: plain.log.train!.x, y } },
    });
    expect(truthOf(rate(by(SHOWN, (i) => 1e-4 * 1.2 ** i)))).toMatchObject({
      label: 'unstable',
      ambiguous: true,
    });
    expect(truthOf(rate(by(SHOWN, () => 1e-2))).ambiguous).toBe(false);
  });

  test('underfitting: dead, poor on the face of it, or stopped too early', () => {
    const dead = () => 2.3;
    expect(truthOf(history({ recipe: 'dead', test: dead, clean: dead }))).toMatchObject({
      label: 'underfitting',
      ambiguous: false,
    });
    const poor = (i: number) => 1.4 + Math.exp(-i / 3);
    const net = { recipe: 'net-tiny', test: poor, clean: poor };
    expect(truthOf(history({ ...net, accuracy: 0.3 }))).toMatchObject({
      label: 'underfitting',
      ambiguous: false,
    });
    // A loss at rest may be the floor of its task.
    expect(truthOf(history(net)).ambiguous).toBe(true);
    const slow = (i: number) => 2 * Math.exp(-i / 40);
    expect(truthOf(history({ recipe: 'short', test: slow, clean: slow }))).toMatchObject({
      label: 'underfitting',
      ambiguous: false,
    });
    // A log that does not say that it is over may go on.
    const open = history({ recipe: 'short', test: slow, clean: slow });
    expect(truthOf({ ...open, seed: 3 }).ambiguous).toBe(true);
    // The same as a run that goes on is on its way.
    expect(truthOf(history({ recipe: 'short', test: slow, clean: slow }), 25).ambiguous).toBe(true);
    expect(truthOf(history({ recipe: 'good', test: slow, clean: slow })).ambiguous).toBe(true);
  });

  test('healthy: as good as its best, and through with it', () => {
    const parts = { recipe: 'good', test: falling, clean: falling };
    expect(truthOf(history(parts))).toMatchObject({ label: 'healthy', ambiguous: false, onset: null });
    const tuned = (i: number) => 0.5 - 0.0004 * i;
    const finetune = { recipe: 'fine-tune', test: tuned, clean: tuned };
    expect(truthOf(history({ ...finetune, accuracy: 0.9 }))).toMatchObject({
      label: 'healthy',
      ambiguous: false,
    });
    // Without an accuracy it looks like a training that never learned.
    expect(truthOf(history(finetune)).ambiguous).toBe(true);
  });

  test('guessing is not health, however far a loss came down to it', () => {
    const guessing = (i: number) => Math.log(10) + 20 * Math.exp(-2 * i);
    const parts = { test: guessing, clean: guessing };
    expect(truthOf(history({ recipe: 'good', ...parts })).ambiguous).toBe(true);
    expect(truthOf(history({ recipe: 'dead', ...parts, accuracy: 0.1 }))).toMatchObject({
      label: 'underfitting',
      ambiguous: false,
    });
    // Only an accuracy tells guessing from the floor of a task.
    expect(truthOf(history({ recipe: 'dead', ...parts })).ambiguous).toBe(true);
  });
});

describe('the log of a history', () => {
  test('is a run as a reader makes it, whole or as far as it was seen', () => {
    const whole = runOf(history({ recipe: 'good', test: falling, clean: falling, accuracy: 0.8 }));
    expect(whole.series.map(({ name, split, length }) => `${split} ${name} ${length}`)).toEqual([
      'train loss 40',
      'val loss 40',
      'null accuracy 40',
    ]);
    expect(whole.status).toBe('finished');
    const begun = runOf(history({ recipe: 'good', test: falling, clean: falling }), 12);
    expect(begun.series.map(({ length }) => length)).toEqual([12, 12]);
    expect(begun.status).toBe('running');
  });

  test('that was cut is not finished', () => {
    expect(runOf(history({ recipe: 'good', test: falling, clean: falling, plan: 90 })).status).toBe(
      'running',
    );
  });
});
