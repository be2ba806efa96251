import { describe, expect, test } from 'vitest';
import { detect } from '../../../src/analysis/detect';
import { CHANNELS, FEATURES, features, STEPS, WIDTH } from '../../../src/analysis/features';
import { simulate } from '../../../src/analysis/model/simulate';
import { viewRun } from '../../../src/analysis/pairing';
import type { Run } from '../../../src/runs/run';
import { makeRun, mapLosses } from './makeRun';

const labels = ['healthy', 'overfitting', 'underfitting', 'unstable'] as const;
const samples = labels.flatMap((label) =>
  [1, 2, 3, 4, 5].map((seed) => simulate({ seed, family: 'exponential', label, whole: true }).run),
);

describe('features', () => {
  test.each([
    ['times 1000', (v: number) => v * 1000],
    ['in bits', (v: number) => v / Math.LN2],
  ])('do not change with the loss %s', (_, f) => {
    for (const run of samples) {
      const before = features(viewRun(run));
      const after = features(viewRun(mapLosses(run, f)));
      for (let i = 0; i < FEATURES; i++) expect(after[i]).toBeCloseTo(before[i]!, 4);
    }
  });

  test('the findings do not change either', () => {
    for (const run of samples) {
      const ids = (r: typeof run) => detect(viewRun(r)).map((f) => `${f.id} ${f.severity} ${f.onset?.step}`);
      expect(ids(mapLosses(run, (v) => v * 1000))).toEqual(ids(run));
    }
  });

  test('the curves survive a shift below zero; ratios mean nothing there and are left out', () => {
    const run = samples[0]!;
    const before = features(viewRun(run));
    const after = features(viewRun(mapLosses(run, (v) => v - 1e4)));
    for (let i = 0; i < STEPS * WIDTH; i++) {
      const isRatio = CHANNELS[i % WIDTH]?.endsWith('Ratio');
      expect(after[i]).toBeCloseTo(isRatio ? 0 : before[i]!, 2);
    }
  });

  test('the ratios tell a loss that hardly fell from one that fell far', () => {
    const ratio = (run: Run) => features(viewRun(run))[CHANNELS.indexOf('trainRatio')]!;
    const from = (first: number) =>
      makeRun({ loss: Array.from({ length: 70 }, (_, i) => 1 + (first - 1) * 0.9 ** i) });
    expect(ratio(from(1.05))).toBeCloseTo(Math.log(1.05) / 2, 2);
    expect(ratio(from(Math.exp(2)))).toBeGreaterThan(0.8);
  });

  test('a rise below zero is found as well', () => {
    const values = Array.from({ length: 40 }, (_, i) => (i < 12 ? -0.1 * i : -1.1 + 0.03 * (i - 12)));
    const run = makeRun({ loss: values.map((_, i) => -0.05 * i), val_loss: values });
    expect(detect(viewRun(run))[0]?.id).toBe('val-loss-rising');
  });

  test('are finite for every prefix', () => {
    for (const run of samples.slice(0, 8)) {
      for (const count of [0, 1, 2, 3, 5, 9]) {
        const cut = makeRun({ loss: [...run.series[0]!.values.view().subarray(0, count)] });
        expect(features(viewRun(cut)).every(Number.isFinite)).toBe(true);
      }
    }
  });
});
