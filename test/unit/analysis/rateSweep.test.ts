import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/analysis/diagnose';
import { viewRun } from '../../../src/analysis/pairing';
import { rateSweepOf } from '../../../src/analysis/rateSweep';
import { curveOf, makeRun, type RunParts } from './makeRun';

const noisy = (i: number) => 1 + 0.03 * Math.sin(i * i * 12.9898 + i);
/** From 1e-7 to 10: nothing happens, the loss falls around 1e-2, and it leaves beyond 1. */
const rates = curveOf(200, (t) => 1e-7 * 10 ** (8 * t));
const lossAt = (rate: number) => 0.3 + 2 / (1 + (rate / 1e-2) ** 1.5) + 0.5 * rate ** 2;
const found = rates.map((rate, i) => lossAt(rate) * noisy(i));
const steps = curveOf(200, (_, i) => i);
const finder: RunParts = { loss: found, learning_rate: rates, steps };
const sweep = (parts: RunParts) => rateSweepOf(viewRun(makeRun(parts)));
const judged = (parts: RunParts) => diagnose(makeRun(parts), null);

describe('a learning-rate range test', () => {
  test('is no alarm, and the reason tells the rates', async () => {
    const { verdict, findings } = await judged(finder);
    expect(verdict.label).toBe('undetermined');
    expect(verdict.why).toMatch(/^The learning rate rises from 1\.00e-7 to 10 in equal ratios .* range test/);
    expect(findings).toEqual([]);
    const { steepest, lowest } = sweep(finder)!;
    expect(steepest).toBeGreaterThan(2e-3);
    expect(steepest).toBeLessThan(3e-2);
    expect(lowest).toBeGreaterThan(steepest!);
    expect(verdict.why).toMatch(/The loss falls fastest at a rate of 0\.0\d+ and is lowest at 0\.\d+\.$/);
  });

  test('may end in NaN, and need not have blown up yet', async () => {
    const lost = found.map((v, i) => (i > 190 ? Number.NaN : v));
    expect((await judged({ ...finder, loss: lost })).findings).toEqual([]);
    const early = {
      loss: found.slice(0, 150),
      learning_rate: rates.slice(0, 150),
      steps: steps.slice(0, 150),
    };
    expect((await judged({ ...early, status: 'running' })).verdict.why).toContain('range test');
  });

  test('is told in one and a half decades of epochs, and rounded', () => {
    const learning_rate = curveOf(20, (t) => Number((1e-3 * 10 ** (1.9 * t)).toFixed(4)));
    expect(sweep({ loss: curveOf(20, (t) => 1 + (t - 0.4) ** 2), learning_rate })?.shape).toBe('exponential');
  });

  test('rises linearly in a log that has ended with a loss that left', () => {
    const linear = curveOf(200, (t) => 1e-3 + 3 * t);
    const parts: RunParts = {
      loss: linear.map((rate, i) => lossAt(rate) * noisy(i)),
      learning_rate: linear,
      steps,
    };
    expect(sweep(parts)?.shape).toBe('linear');
    // A warm-up that is under way, or in the middle of its plan.
    expect(sweep({ ...parts, status: 'running' })).toBeNull();
    expect(sweep({ ...parts, context: { total_steps: 5000 } })).toBeNull();
    expect(sweep({ ...parts, loss: curveOf(200, (t, i) => (2 - t) * noisy(i)) })).toBeNull();
  });
});

describe('no range test', () => {
  test.each<[string, number[]]>([
    ['a constant rate', rates.map(() => 0.1)],
    ['a decay', [...rates].reverse()],
    ['a warm-up that is too steep', curveOf(200, (t) => 2e-3 + 0.6 * t)],
    ['a warm-up to a peak', rates.map((_, i) => Math.min(i + 1, 20) * 5e-4)],
    ['a cycle', curveOf(200, (t) => 1e-4 + 0.1 * Math.sin(3 * t))],
    ['a rate that was raised once', rates.map((_, i) => (i < 100 ? 1e-4 : 1e-1))],
  ])('%s leaves the alarm', async (_, learning_rate) => {
    expect(sweep({ ...finder, learning_rate })).toBeNull();
    expect((await judged({ ...finder, learning_rate })).verdict.label).toBe('unstable');
  });

  test('can be known where no rate is logged', async () => {
    expect((await judged({ loss: found, steps })).verdict.label).toBe('unstable');
  });
});
