import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LoadedBackend } from '../../../src/analysis/backend';
import { createClassifier, modelClassifier, type Probabilities } from '../../../src/analysis/classifier';
import { diagnose } from '../../../src/analysis/diagnose';
import { features } from '../../../src/analysis/features';
import { simulate } from '../../../src/analysis/model/simulate';
import { viewRun } from '../../../src/analysis/pairing';
import { loadBackend } from '../../../src/analysis/tfjs';
import { fitcheck, overfitting } from '../cli/run';
import { failsToLoad, fakeTfjsNode, working } from '../engine/fakeTfjsNode';
import { temporaryFolder } from '../runs/fixtures';

const folder = temporaryFolder();
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

const skipped = hasTfjsNode ? '' : ' (skipped: set FITCHECK_TFJS_NODE to a folder with tfjs-node)';

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

  test.skipIf(!hasTfjsNode)(`answers alike on tfjs-node and cpu${skipped}`, async () => {
    expectSame(await answers('tfjs-node'), await answers('cpu'));
  });

  test.skipIf(!hasTfjsNode)(`both copies of tf.js may hold the model at once${skipped}`, async () => {
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

describe('tensors', () => {
  for (const backend of ['wasm', 'cpu', 'tfjs-node'] as const) {
    test.skipIf(backend === 'tfjs-node' && !hasTfjsNode)(
      `do not grow in number over 50 predictions on ${backend}, and end with the classifier${backend === 'tfjs-node' ? skipped : ''}`,
      async () => {
        const empty = await createClassifier({ backend, modelDir, tfjsNodePath });
        empty.dispose();
        await Promise.resolve();
        const none = empty.tensors;
        const classifier = await createClassifier({ backend, modelDir, tfjsNodePath });
        await classifier.predict(inputs.slice(0, 2));
        const before = classifier.tensors;
        expect(before).toBeGreaterThan(none);
        for (let i = 0; i < 50; i++) await classifier.predict(inputs.slice(0, 1 + (i % 3)));
        expect(classifier.tensors).toBe(before);
        // Too short a vector: the network throws.
        const wrong = classifier.predict([Float32Array.of(1), new Float32Array(3)]);
        await wrong.catch(() => undefined);
        expect(classifier.tensors).toBe(before);
        const last = classifier.predict(inputs.slice(0, 1));
        classifier.dispose();
        classifier.dispose();
        await expect(last).resolves.toHaveLength(1);
        await expect(classifier.predict(inputs)).rejects.toThrow(/disposed/);
        expect(classifier.tensors).toBe(none);
      },
    );
  }

  test('are freed when a prediction throws', async () => {
    const backend = await loadBackend('cpu');
    const failing: LoadedBackend = {
      ...backend,
      tf: {
        ...backend.tf,
        tidy: (work) => backend.tf.tidy(work),
        tensor3d: (values, shape) => backend.tf.tensor3d(values, shape),
        memory: () => backend.tf.memory(),
        loadLayersModel: () =>
          Promise.resolve({
            predict: () => {
              throw new Error('no memory on the device');
            },
            dispose: () => undefined,
          }),
      },
    };
    const classifier = await modelClassifier(
      failing,
      { modelTopology: {}, weightSpecs: [], weightData: new ArrayBuffer(0) },
      1,
    );
    const before = classifier.tensors;
    for (let i = 0; i < 3; i++) await expect(classifier.predict(inputs)).rejects.toThrow(/no memory/);
    expect(classifier.tensors).toBe(before);
  });
});

describe('choosing a backend', () => {
  test('a backend asked for by name that cannot load is an error for people', async () => {
    const asked = createClassifier({ backend: 'tfjs-node', modelDir, tfjsNodePath: '/nowhere' });
    await expect(asked).rejects.toThrow(
      /tfjs-node cannot be used: tfjs-node-gpu: not installed in .*; tfjs-node: not installed in .*\. Run "Fitcheck: Install/,
    );
    const wasm = createClassifier({ backend: 'wasm', modelDir, wasmDir: '/nowhere' });
    await expect(wasm).rejects.toThrow(
      /wasm cannot be used: no tfjs-backend-wasm\.wasm in .*\. Name the folder/,
    );
  });

  test('auto passes over what does not load and remembers why', async () => {
    const classifier = await createClassifier({ modelDir, tfjsNodePath: '/nowhere' });
    expect(classifier.info.name).toBe('wasm');
    expect(classifier.passedOver).toEqual([
      expect.stringMatching(/^tfjs-node-gpu: not installed in /),
      expect.stringMatching(/^tfjs-node: not installed in /),
    ]);
  });

  test.each(['auto', 'tfjs-node'] as const)(
    '%s: a GPU package that does not load makes way for the CPU package',
    async (backend) => {
      const root = await fakeTfjsNode(await folder(), failsToLoad, 'tfjs-node-gpu');
      await fakeTfjsNode(root, working);
      const classifier = await createClassifier({ backend, modelDir, tfjsNodePath: root });
      expect(classifier.info).toEqual({ name: 'tfjs-node', device: 'cpu', version: '0.0.0-fake' });
      expect(classifier.passedOver).toEqual([
        'tfjs-node-gpu: libcudart.so.11.0: cannot open shared object file',
      ]);
    },
  );

  test('a GPU package that loads comes first', async () => {
    const root = await fakeTfjsNode(await folder(), working, 'tfjs-node-gpu');
    await fakeTfjsNode(root, failsToLoad);
    const classifier = await createClassifier({ modelDir, tfjsNodePath: root });
    expect([classifier.info.name, classifier.passedOver]).toEqual(['tfjs-node', []]);
  });

  test('a package that fails half-way leaves nothing behind that the next one would be given', async () => {
    const core = JSON.stringify(createRequire(import.meta.url).resolve('@tensorflow/tfjs-core'));
    const halfWay = `require(${core}).registerBackend('tensorflow', () => null); throw new Error('no device');`;
    const root = await fakeTfjsNode(await folder(), halfWay, 'tfjs-node-gpu');
    const next = `if (require(${core}).findBackendFactory('tensorflow')) throw new Error('left behind');`;
    await fakeTfjsNode(root, `${next}${working}`);
    const path = join(root, 'log.csv');
    await writeFile(path, overfitting(30));
    // In a process of its own: in this one, tfjs-node may be loaded.
    const { stdout } = await fitcheck(['diagnose', path, '--json'], { env: { FITCHECK_TFJS_NODE: root } });
    expect(JSON.parse(stdout)).toMatchObject({ backend: { name: 'tfjs-node', version: '0.0.0-fake' } });
  });

  test('a missing model names the file', async () => {
    await expect(createClassifier({ backend: 'cpu', modelDir: '/nowhere' })).rejects.toThrow(
      /model\.json cannot be read/,
    );
  });
});
