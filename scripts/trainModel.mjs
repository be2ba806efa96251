/**
 * `npm run model:train [FOLDER]`: makes the shipped model anew (media/model). Everything is seeded. With `-- --evaluate`
 * the model stays and only its card is made anew, which a change of a detector asks for. With a native
 * TensorFlow (FITCHECK_TFJS_NODE) it takes a few minutes, without one much longer.
 */
import { build } from 'esbuild';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './lib/run.mjs';

const folder = await mkdtemp(join(tmpdir(), 'fitcheck-'));
const outfile = join(folder, 'train.cjs');
await build({
  entryPoints: ['src/analysis/model/train.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  mainFields: ['module', 'main'],
  external: ['@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu'],
  logLevel: 'warning',
});
const { code } = await run(process.execPath, [outfile, ...process.argv.slice(2)], { echo: true });
await rm(folder, { recursive: true, force: true });
process.exit(code);
