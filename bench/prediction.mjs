import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { bundle, root } from './bundle.mjs';
import { seeded } from './generate.mjs';
import { compared, quantile, skipped } from './table.mjs';

const ROUNDS = 40;

/** One prediction of the shipped network on each backend, beside plain CPU. */
export async function measure(folder) {
  const code = createRequire(import.meta.url)(
    await bundle(folder, 'analysis', ['analysis/classifier', 'analysis/features']),
  );
  const cpu = await predict(code, { backend: 'cpu' });
  const rows = [compared('one prediction, cpu', cpu, 'ms', 'cpu', cpu)];
  const wasm = await predict(code, { backend: 'wasm', wasmDir: join(root, 'dist', 'wasm') });
  rows.push(compared('one prediction, wasm', wasm, 'ms', 'cpu', cpu));
  const path = process.env.FITCHECK_TFJS_NODE ?? join(homedir(), '.cache', 'fitcheck-tfjs-node', 'app');
  if (!existsSync(path))
    return [...rows, skipped('one prediction, tfjs-node', 'FITCHECK_TFJS_NODE is not set')];
  try {
    const native = await predict(code, { backend: 'tfjs-node', tfjsNodePath: path });
    rows.push(compared('one prediction, tfjs-node', native, 'ms', 'cpu', cpu));
  } catch (error) {
    rows.push(skipped('one prediction, tfjs-node', String(error.message)));
  }
  return rows;
}

/** Median time in ms. */
async function predict({ createClassifier, FEATURES }, options) {
  const classifier = await createClassifier({ ...options, modelDir: join(root, 'media', 'model') });
  const random = seeded(5);
  const vector = Float32Array.from({ length: FEATURES }, () => random());
  const times = [];
  for (let i = 0; i < ROUNDS + 5; i++) {
    const start = performance.now();
    await classifier.predict([vector]);
    // The first ones compile.
    if (i >= 5) times.push(performance.now() - start);
  }
  classifier.dispose();
  return quantile(times, 0.5);
}
