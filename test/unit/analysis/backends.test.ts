import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createClassifier, type Probabilities } from '../../../src/analysis/classifier';
import { diagnose } from '../../../src/analysis/diagnose';
import { features } from '../../../src/analysis/features';
import { simulate } from '../../../src/analysis/model/simulate';
import { viewRun } from '../../../src/analysis/pairing';

const modelDir = join(import.meta.dirname, '../../../media/model');
const labels = ['healthy', 'overfitting', 'underfitting', 'unstable'] as const;
const runs = labels.flatMap((label) =>
  Array.from({ length: 8 }, (_, seed) =>
    simulate({ seed: seed + 500, family: 'hyperbolic', label, whole: true }),
  ),
);
const inputs = runs.map(({ run }) => features(viewRun(run)));

const tfjsNodePath = process.env.FITCHECK_TFJS_NODE ?? join(homedir(), '.cache/fitcheck-tfjs-node/app');
const hasTfjsNode = ['tfjs-node', 'tfjs-node-gpu'].some((name) =>
  existsSync(join(tfjsNodePath, 'node_modules/@tensorflow', name, 'package.json')),
);

async function answers(backend: 'cpu' | 'wasm' | 'tfjs-node'): Promise<Probabilities[]> {
  const classifier = await createClassifier({ backend, modelDir, tfjsNodePath });
  expect(classifier.info.name).toBe(backend);
  const result = await classifier.predict(inputs);
  classifier.dispose();
  return result;
}

function expectSame(a: readonly Probabilities[], b: readonly Probabilities[]): void {
  a.forEach((one, i) => {
    for (const label of labels) expect(Math.abs(one[label] - b[i]![label])).toBeLessThan(1e-4);
  });
}

describe('the model', () => {
  test('gives probabilities that sum to one and mostly know the label', async () => {
    const probabilities = await answers('cpu');
    let right = 0;
    probabilities.forEach((one, i) => {
      expect(Object.values(one).reduce((a, b) => a + b)).toBeCloseTo(1, 6);
      if (labels.every((label) => one[label] <= one[runs[i]!.label])) right++;
    });
    expect(right / runs.length).toBeGreaterThan(0.85);
  });

  test('answers alike on wasm and cpu', async () => {
    expectSame(await answers('wasm'), await answers('cpu'));
  });

  test.skipIf(!hasTfjsNode)('answers alike on tfjs-node and cpu', async () => {
    expectSame(await answers('tfjs-node'), await answers('cpu'));
  });

  test.skipIf(!hasTfjsNode)('both copies of tf.js may hold the model at once', async () => {
    const wasm = await createClassifier({ backend: 'wasm', modelDir });
    const native = await createClassifier({ backend: 'tfjs-node', modelDir, tfjsNodePath });
    const [a, b] = await Promise.all([wasm.predict(inputs), native.predict(inputs)]);
    expectSame(a, b);
    wasm.dispose();
    native.dispose();
  });

  test('two classifiers on different backends may be used at once', async () => {
    const [wasm, cpu] = await Promise.all([
      createClassifier({ backend: 'wasm', modelDir }),
      createClassifier({ backend: 'cpu', modelDir }),
    ]);
    const both = await Promise.all([wasm.predict(inputs), cpu.predict(inputs), wasm.predict(inputs)]);
    expectSame(both[0], both[1]);
    expectSame(both[2], both[1]);
  });

  test('speaks in the verdict', async () => {
    const classifier = await createClassifier({ backend: 'cpu', modelDir });
    const { run } = simulate({
      seed: 3,
      family: 'power',
      label: 'overfitting',
      whole: true,
      recipe: 'valRises',
    });
    const { verdict } = await diagnose(run, classifier);
    expect(verdict.label).toBe('overfitting');
    expect(verdict.confidence).toBeGreaterThan(0.8);
  });
});

describe('choosing a backend', () => {
  test('a backend asked for by name that cannot load is an error for people', async () => {
    const asked = createClassifier({ backend: 'tfjs-node', modelDir, tfjsNodePath: '/nowhere' });
    await expect(asked).rejects.toThrow(
      /tfjs-node cannot be used: no @tensorflow\/tfjs-node is installed in .*\. Install/,
    );
    const wasm = createClassifier({ backend: 'wasm', modelDir, wasmDir: '/nowhere' });
    await expect(wasm).rejects.toThrow(
      /wasm cannot be used: no tfjs-backend-wasm\.wasm in .*\. Name the folder/,
    );
  });

  test('auto passes over what does not load and remembers why', async () => {
    const classifier = await createClassifier({ modelDir, tfjsNodePath: '/nowhere' });
    expect(classifier.info.name).toBe('wasm');
    expect(classifier.passedOver.join()).toContain('tfjs-node');
  });

  test('a missing model names the file', async () => {
    await expect(createClassifier({ backend: 'cpu', modelDir: '/nowhere' })).rejects.toThrow(
      /model\.json cannot be read/,
    );
  });
});
