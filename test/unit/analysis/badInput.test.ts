import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../src/analysis/diagnose';
import { features } from '../../../src/analysis/features';
import { viewRun } from '../../../src/analysis/pairing';
import { makeRun, type RunParts } from './makeRun';

const by = (count: number, f: (i: number) => number) => Array.from({ length: count }, (_, i) => f(i));
const judge = async (parts: RunParts) => diagnose(makeRun(parts), null);

describe('bad input gets a word, never an exception', () => {
  test.each<[string, RunParts]>([
    ['nothing', {}],
    ['one point', { loss: [1] }],
    ['one point each', { loss: [1], val_loss: [2], accuracy: [0.5] }],
    ['two points', { loss: [2, 1], val_loss: [2, 1] }],
  ])('%s is undetermined', async (_, parts) => {
    const { verdict, findings } = await judge(parts);
    expect(verdict.label).toBe('undetermined');
    expect(verdict.why).not.toBe('');
    expect(findings).toEqual([]);
  });

  test.each<[string, RunParts]>([
    ['all NaN', { loss: by(30, () => Number.NaN) }],
    ['all infinite', { loss: by(30, () => Number.POSITIVE_INFINITY), val_loss: by(30, () => Number.NaN) }],
    ['1e308', { loss: [...by(20, (i) => 2 - 0.05 * i), ...by(10, () => 1e308)] }],
  ])('%s is unstable', async (_, parts) => {
    const { verdict, findings } = await judge(parts);
    expect(verdict.label).toBe('unstable');
    expect(findings[0]?.id).toBe('non-finite');
  });

  test('a constant loss is no health', async () => {
    const { verdict } = await judge({ loss: by(40, () => 0.7) });
    expect(verdict.label).not.toBe('overfitting');
    expect(verdict.label).not.toBe('unstable');
    const zero = await judge({ loss: by(40, () => 0), val_loss: by(40, () => 0) });
    expect(['healthy', 'undetermined']).toContain(zero.verdict.label);
  });

  test('steps that fall are read in order', async () => {
    const loss = by(40, (i) => 0.2 + 0.04 * i);
    const { verdict } = await judge({ loss, steps: by(40, (i) => 400 - 10 * i) });
    expect(['healthy', 'undetermined']).toContain(verdict.label);
  });

  test('of two runs in one file the last is judged', async () => {
    const good = by(40, (i) => 0.2 + 2 * Math.exp(-i / 6));
    const bad = [...by(20, (i) => 2 - 0.05 * i), ...by(20, () => Number.NaN)];
    const steps = [...by(40, (i) => i), ...by(40, (i) => i)];
    expect((await judge({ loss: [...bad, ...good], steps })).verdict.label).toBe('healthy');
    expect((await judge({ loss: [...good, ...bad], steps })).verdict.label).toBe('unstable');
  });
});

const odd = fc.oneof(
  fc.double({ noDefaultInfinity: false }),
  fc.constantFrom(0, -0, 1e308, -1e308, Number.MIN_VALUE, Number.NaN, Number.POSITIVE_INFINITY, 87.3365),
  fc.double({ min: -5, max: 5, noNaN: true }),
);
const column = fc.array(odd, { maxLength: 90 });

test('any numbers in any order give a verdict with probabilities that sum to one', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        loss: column,
        val_loss: column,
        accuracy: column,
        val_accuracy: column,
        learning_rate: column,
        grad_norm: column,
      }),
      fc.boolean(),
      async (parts, stepped) => {
        const steps = stepped ? by(90, (i) => (i * 37) % 60) : by(90, (i) => i);
        const run = makeRun({ ...parts, steps, valSteps: steps });
        const { verdict, findings } = await diagnose(run, null);
        const sum = Object.values(verdict.probabilities).reduce((a, b) => a + b, 0);
        expect(sum).toBeCloseTo(1, 6);
        for (const { message, evidence, id } of findings) {
          expect(message).not.toMatch(/undefined|null/);
          if (id !== 'non-finite') for (const value of Object.values(evidence)) expect(value).not.toBeNaN();
        }
        for (const value of features(viewRun(run))) expect(Math.abs(value)).toBeLessThanOrEqual(3);
      },
    ),
    { numRuns: 300 },
  );
});
