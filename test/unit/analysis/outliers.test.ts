import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { createClassifier, type Classifier } from '../../../src/analysis/classifier';
import type { Diagnosis } from '../../../src/analysis/diagnosis';
import { diagnose } from '../../../src/analysis/diagnose';
import { loneOutliers } from '../../../src/analysis/outliers';
import { curveOf, makeRun, type RunParts } from './makeRun';

const noisy = (i: number) => 0.01 * Math.sin(i * i * 12.9898 + i);
const lossOf = (count: number) => curveOf(count, (t, i) => 0.2 + 1.8 * Math.exp(-6 * t) + noisy(i));
const valOf = (count: number) => curveOf(count, (t, i) => 0.25 + 1.8 * Math.exp(-6 * t) + noisy(i + 0.5));
const put = (values: readonly number[], at: Record<number, number>) => values.map((v, i) => at[i] ?? v);

describe('a run with one absurd value', () => {
  let classifier: Classifier;
  beforeAll(async () => {
    const modelDir = join(import.meta.dirname, '../../../media/model');
    classifier = await createClassifier({ backend: 'cpu', modelDir });
  });
  const judged = (parts: RunParts): Promise<Diagnosis> => diagnose(makeRun(parts), classifier);

  test.each([12, 30, 60, 400])('is judged as without it (%i points)', async (count) => {
    const [loss, val_loss] = [lossOf(count), valOf(count)];
    const clean = await judged({ loss, val_loss });
    expect(clean.verdict.label).toBe('healthy');
    const at = Math.floor(count / 2);
    for (const value of [1e28, -1e28, 1e5]) {
      for (const parts of [
        { loss: put(loss, { [at]: value }), val_loss },
        { loss, val_loss: put(val_loss, { [at]: value }) },
      ]) {
        const { verdict, findings } = await judged(parts);
        expect(verdict.label, `${value}`).toBe('healthy');
        const [spike, ...others] = findings;
        expect(spike).toMatchObject({ id: 'loss-spike', severity: 'info', onset: { epoch: at + 1 } });
        expect(spike!.message).toContain('stands alone');
        expect(others.map(({ id }) => id)).toEqual(clean.findings.map(({ id }) => id));
      }
    }
  });

  test('is told as it is where another process logged the same step before it', async () => {
    const loss = lossOf(60).flatMap((v, i) => [v, i === 30 ? 1e28 : v]);
    const steps = loss.map((_, i) => Math.floor(i / 2));
    const { findings } = await judged({ loss, steps });
    expect(findings[0]).toMatchObject({
      id: 'loss-spike',
      evidence: { peak: 1e28 },
      onset: { step: 30, line: 62 },
    });
  });

  test('is not spared where the loss stays up, nor while it has not come back', async () => {
    const lost = lossOf(60).map((v, i) => (i >= 40 ? 1e6 + i : v));
    expect((await judged({ loss: lost })).verdict.label).toBe('unstable');
    const now = await judged({ loss: put(lossOf(60), { 59: 1e28 }), val_loss: valOf(60) });
    expect(now.findings.map(({ message }) => message).join(' ')).not.toContain('stands alone');
  });
});

describe('single values beyond everything else', () => {
  const at = (values: readonly number[]) => loneOutliers(Float64Array.from(values));

  test('are found in any unit, on both sides', () => {
    for (const unit of [1e-6, 1, 1e6]) {
      const values = lossOf(100).map((v) => v * unit);
      expect(at(put(values, { 20: 1e3 * unit, 70: -1e9 * unit }))).toEqual([20, 70]);
    }
  });

  test('are none at either end, side by side, or where there are many', () => {
    const values = lossOf(100);
    expect(at(put(values, { 0: 1e9 }))).toEqual([]);
    expect(at(put(values, { 99: 1e9 }))).toEqual([]);
    expect(at(put(values, { 50: 1e9, 51: 1e9 }))).toEqual([]);
    expect(at(put(values, { 20: 1e9, 40: 1e9, 60: 1e9 }))).toEqual([]);
  });

  test('are no hard batch, no steep start, no step of a curve at rest', () => {
    expect(at(put(lossOf(100), { 50: 9 }))).toEqual([]);
    expect(at([1e6, 1e4, 100, 10, 5, 4, 3, 2, 1.5, 1.2, 1.1, 1])).toEqual([]);
    expect(
      at(
        put(
          curveOf(50, (_, i) => 2.3 + 1e-6 * (i % 3)),
          { 25: 2.4 },
        ),
      ),
    ).toEqual([]);
  });
});
