import { build } from 'esbuild';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run.mjs';

/** Bundles a TypeScript program of the project and runs it with Node; gives its exit code. */
export async function bundleAndRun(entry, args, options = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'fitcheck-'));
  const outfile = join(folder, 'program.cjs');
  try {
    await build({
      entryPoints: [entry],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      mainFields: ['module', 'main'],
      external: ['@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu'],
      logLevel: 'warning',
    });
    const { code } = await run(process.execPath, [outfile, ...args], { echo: true, ...options });
    return code;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
