import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Classifier, Probabilities } from '../../../src/analysis/classifier';
import type { Diagnosis } from '../../../src/analysis/diagnosis';
import { diagnose } from '../../../src/analysis/diagnose';
import { curveOf, makeRun, makeSeries, type RunParts } from './makeRun';

const falling = curveOf(60, (t) => 0.2 + 1.8 * Math.exp(-6 * t));
const rising = curveOf(60, (t) => (t < 0.3 ? 2 - 4 * t : 0.8 + 0.9 * (t - 0.3)));

/** A classifier that always gives one answer. */
function always(label: keyof Probabilities, probability: number): Classifier {
  const rest = (1 - probability) / 3;
  const answer = {
    healthy: rest,
    overfitting: rest,
    underfitting: rest,
    unstable: rest,
    [label]: probability,
  };
  return {
    info: { name: 'cpu', device: 'cpu', version: '0' },
    passedOver: [],
    predict: (inputs) => Promise.resolve(inputs.map(() => answer)),
    dispose: () => undefined,
  };
}

describe('verdict', () => {
  test('healthy says so with numbers', async () => {
    const { verdict } = await diagnose(makeRun({ loss: falling, val_loss: falling }), null);
    expect(verdict.label).toBe('healthy');
    expect(verdict.why).toMatch(/Training loss went from 2 to 0\.2/);
  });

  test('healthy says where a curve came to, not what it was just before', async () => {
    const { verdict } = await diagnose(makeRun({ loss: [8, 7, 6, 5, 4, 3, 2, 1, 0.5] }), null);
    expect(verdict.why).toContain('went from 8 to 0.5 (best 0.5 at epoch 9)');
  });

  test('of a log of several trainings it is told which one is judged', async () => {
    const steps = (...counts: number[]): number[] =>
      counts.flatMap((count) => Array.from({ length: count }, (_, i) => 10 * (i + 1)));
    const judge = async (...counts: number[]): Promise<Diagnosis> => {
      const x = steps(...counts);
      return diagnose(makeRun({ loss: x.map((step) => 5 / step), steps: x }), null);
    };
    const last = await judge(20, 20, 20);
    expect(last.scope).toBe('The log holds 3 trainings one after the other; this is about the last of them.');
    expect(last.judged).toEqual({ file: null, from: 41, to: null });
    const before = await judge(20, 3);
    expect(before.scope).toContain('this is about number 1, since too little came after it');
    expect(before.judged).toEqual({ file: null, from: 1, to: 20 });
    expect(await judge(20)).not.toHaveProperty('scope');
    expect(await judge(20)).not.toHaveProperty('judged');
  });

  test('where that training stands is not told when its points are of several files', async () => {
    const steps = [...Array(20).keys(), ...Array(20).keys()];
    const run = makeRun({ loss: steps.map((step) => 5 / (step + 1)), steps });
    run.series[0]!.sources.push({ from: 0, file: 0 }, { from: 30, file: 1 });
    const { scope, judged } = await diagnose(run, null);
    expect(scope).toContain('2 trainings');
    expect(judged).toBeUndefined();
  });

  test('a NaN outranks the overfitting before it', async () => {
    const loss = [...falling.slice(0, 55), ...curveOf(5, () => Number.NaN)];
    const { verdict, findings } = await diagnose(
      makeRun({ loss, val_loss: rising }),
      always('overfitting', 0.99),
    );
    expect(verdict.label).toBe('unstable');
    expect(findings.map((f) => f.id)).toEqual(['non-finite', 'val-loss-rising']);
  });

  test('an error stands against the network', async () => {
    const { verdict } = await diagnose(makeRun({ loss: falling, val_loss: rising }), always('healthy', 0.99));
    expect(verdict.label).toBe('overfitting');
  });

  test('silence of the detectors does not', async () => {
    const { verdict } = await diagnose(
      makeRun({ loss: falling, val_loss: falling }),
      always('unstable', 0.99),
    );
    expect(verdict).toMatchObject({ label: 'undetermined', confidence: 0 });
    expect(verdict.why).toContain('unstable');
  });

  test('a network that fails leaves the detectors', async () => {
    const broken = { ...always('healthy', 1), predict: () => Promise.reject(new Error('lost')) };
    expect((await diagnose(makeRun({ loss: falling }), broken)).verdict.label).toBe('healthy');
  });

  test.each<[string, RunParts, RegExp]>([
    ['nothing', {}, /No metrics were found in the log so far/],
    ['one point', { loss: [1] }, /^Only 1 usable point of the loss; at least 5 are needed\.$/],
    ['four points', { loss: [4, 3, 2, 1] }, /Only 4 usable points/],
    [
      'zeros',
      { loss: curveOf(50, () => 0) },
      /^"loss" is exactly 0 in all 50 points: it is not measured, or/,
    ],
    ['a quality only', { val_accuracy: curveOf(50, (t) => t) }, /is a quality metric, no loss curve/],
    ['the start of a long run', { loss: falling, context: { total_epochs: 10_000 } }, /of the planned run/],
  ])('undetermined for %s', async (_, parts, why) => {
    const { verdict } = await diagnose(makeRun(parts), null);
    expect(verdict.label).toBe('undetermined');
    expect(verdict.why).toMatch(why);
  });

  test('a perplexity goes by its own name', async () => {
    const identity = { name: 'perplexity', split: 'val', direction: 'lower', unit: null } as const;
    const series = makeSeries(
      'eval_ppl',
      identity,
      falling.map((loss) => Math.exp(loss)),
    );
    const { verdict } = await diagnose(makeRun({ extra: [series] }), null);
    expect(verdict.why).toMatch(/^"eval_ppl" went from 7\.\d+ to /);
    expect(verdict.why).not.toContain('alidation loss');
  });

  test.each<[string, RunParts]>([
    ['all NaN', { loss: curveOf(20, () => Number.NaN), val_loss: curveOf(20, () => Number.NaN) }],
    ['constant', { loss: curveOf(30, () => 1), val_loss: curveOf(30, () => 1) }],
    ['one step for all', { loss: falling, steps: falling.map(() => 7) }],
    ['huge', { loss: curveOf(30, (t) => 1e300 * (1 + t)) }],
    ['tiny', { loss: curveOf(30, (t) => 5e-324 * (1 + t)) }],
    ['negative', { loss: curveOf(30, (t) => -t), val_loss: curveOf(30, (t) => -t) }],
    ['infinite', { loss: [Number.NEGATIVE_INFINITY, 1, 2, Number.POSITIVE_INFINITY, 3, 4, 5] }],
  ])('survives %s', async (_, parts) => {
    const { verdict } = await diagnose(makeRun(parts), always('healthy', 0.9));
    expect(Object.values(verdict.probabilities).reduce((a, b) => a + b)).toBeCloseTo(1, 6);
  });
});

describe('properties', () => {
  const value = fc.oneof(fc.double({ min: -10, max: 100 }), fc.double(), fc.constant(0));
  const values = fc.array(value, { maxLength: 120 });
  const parts = fc.record(
    {
      loss: values,
      val_loss: values,
      accuracy: values,
      val_accuracy: values,
      learning_rate: values,
      grad_norm: values,
      steps: fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 120, maxLength: 120 }),
    },
    { requiredKeys: [] },
  );

  test('takes differences below single precision for none', async () => {
    const run = makeRun({ val_loss: [0, 0, 0, 0, -5.4e-323], loss: [5, 4, 3, 2, 1] });
    expect((await diagnose(run, null)).findings.map(({ id }) => id)).not.toContain('val-loss-rising');
  });

  test('takes a negative learning rate for none', async () => {
    const run = makeRun({ val_loss: [-1.8e-39, 0, 0, 0, 0], learning_rate: [5e-324, -8.9e-16] });
    const [finding] = (await diagnose(run, null)).findings;
    expect(Object.values(finding!.evidence).every(Number.isFinite)).toBe(true);
  });

  test('never throws; numbers are finite and onsets lie in the run', async () => {
    await fc.assert(
      fc.asyncProperty(parts, async (some) => {
        const run = makeRun(some);
        const { findings, verdict } = await diagnose(run, null);
        expect(verdict.why).not.toMatch(/undefined/);
        for (const finding of findings) {
          if (finding.id !== 'non-finite')
            expect(Object.values(finding.evidence).every(Number.isFinite), finding.message).toBe(true);
          expect(finding.series.every((i) => i >= 0 && i < run.series.length)).toBe(true);
          const steps = run.series[finding.series[0]!]!.steps.view();
          expect(finding.onset!.step).toBeGreaterThanOrEqual(Math.min(...steps));
          expect(finding.onset!.step).toBeLessThanOrEqual(Math.max(...steps));
        }
      }),
      { numRuns: 300 },
    );
  });
});
