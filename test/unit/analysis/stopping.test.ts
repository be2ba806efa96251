import { describe, expect, test } from 'vitest';
import { viewRun } from '../../../src/analysis/pairing';
import { stoppingOf } from '../../../src/analysis/stopping';
import { curveOf, makeRun } from './makeRun';

const falling = (count: number) => curveOf(count, (t) => 0.1 + 2 * Math.exp(-5 * t));
/** Best at evaluation 20 with 0.6, then up by `rise` of it in all. */
const turning = (count: number, rise: number, wiggle = 0) =>
  curveOf(count, (_, i) => {
    const level = i <= 20 ? 1.6 - 0.05 * i : 0.6 * (1 + (rise * (i - 20)) / (count - 1 - 20));
    return level + wiggle * (i % 2 === 0 ? 1 : -1);
  });
const stopping = (val_loss: number[], label: 'overfitting' | 'healthy' = 'overfitting') =>
  stoppingOf(viewRun(makeRun({ loss: falling(val_loss.length), val_loss })), label);

describe('when a run can be stopped', () => {
  test('a best long past and out of reach: the checkpoint to keep, with the numbers', () => {
    const found = stopping(turning(40, 0.3));
    expect(found).toMatchObject({ best: { epoch: 21 }, evaluations: 19 });
    expect(found!.rise).toBeCloseTo(0.28, 1);
    expect(found!.message).toContain(
      'epoch 21 (0.6): in the 19 evaluations since then "val_loss" has stayed above that',
    );
    // The verdict beside it tells how far, measured otherwise.
    expect(found!.message).not.toContain('%');
  });

  test('not before ten evaluations, a twentieth of loss, and five times the noise', () => {
    expect(stopping(turning(30, 0.3))).toBeNull();
    expect(stopping(turning(31, 0.3))).not.toBeNull();
    expect(stopping(turning(40, 0.04))).toBeNull();
    expect(stopping(turning(40, 0.3, 0.05))).toBeNull();
  });

  test('never of a run that does not overfit, or without validation', () => {
    expect(stopping(turning(40, 0.3), 'healthy')).toBeNull();
    expect(stoppingOf(viewRun(makeRun({ loss: falling(40) })), 'overfitting')).toBeNull();
  });

  test('a loss below zero is measured by its range', () => {
    const found = stopping(turning(40, 0.3).map((value) => value - 3));
    expect(found?.rise).toBeCloseTo(0.17, 1);
  });
});
