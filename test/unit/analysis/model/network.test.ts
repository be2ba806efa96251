import { expect, test } from 'vitest';
import { LABELS } from '../../../../src/analysis/classifier';
import { FEATURES } from '../../../../src/analysis/features';
import { fit, logitsOf } from '../../../../src/analysis/model/fit';
import { joinNetworks, trainingTf } from '../../../../src/analysis/model/network';
import { loadBackend } from '../../../../src/analysis/tfjs';

test('networks joined answer with the mean of their logits, without dropout; the seed decides each', async () => {
  const backend = await loadBackend('cpu', {});
  const vector = (shift: number) =>
    Float32Array.from({ length: FEATURES }, (_, i) => Math.sin(i * 0.7 + shift));
  const inputs = Array.from({ length: 8 }, (_, i) => vector(i));
  const set = { inputs, labels: inputs.map((_, i) => i % LABELS.length), weights: inputs.map(() => 1) };
  const says: string[] = [];
  const fitted = async (seed: number) => fit(backend, set, seed, (line) => says.push(line), 2);
  const [one, other, again] = [await fitted(1), await fitted(2), await fitted(1)];
  expect(says).toHaveLength(6);

  const joined = joinNetworks(trainingTf(backend), [one, other]);
  const [a, b, c, mean] = [
    await logitsOf(backend, one, inputs),
    await logitsOf(backend, other, inputs),
    await logitsOf(backend, again, inputs),
    await logitsOf(backend, joined, inputs),
  ];
  expect([...Array.from(c)]).toEqual([...Array.from(a)]);
  expect(a[0]).not.toBeCloseTo(b[0]!, 3);
  for (let i = 0; i < mean.length; i++) expect(mean[i]).toBeCloseTo((a[i]! + b[i]!) / 2, 5);
  expect(joined.layers.some(({ name }) => name.includes('dropout'))).toBe(false);
});
