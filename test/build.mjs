import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let scratch;

/**
 * Before any test: the bundles that tests run are those of the sources as they are (`npm test` has just built them), and what the
 * tests leave behind has one folder, which goes with them. Its name is short: the system bounds the length of sockets in it.
 */
export async function setup() {
  scratch = await mkdtemp(join(tmpdir(), 'fc-'));
  process.env.TMPDIR = scratch;
  if (process.env.FITCHECK_BUILT !== undefined) return;
  execFileSync(process.execPath, ['esbuild.mjs', '--tests'], { stdio: 'inherit' });
}

export async function teardown() {
  await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
}
