import { execFileSync } from 'node:child_process';

/** Before any test: the bundles that tests run are those of the sources as they are. `npm test` has just built them. */
export function setup() {
  if (process.env.FITCHECK_BUILT !== undefined) return;
  execFileSync(process.execPath, ['esbuild.mjs', '--tests'], { stdio: 'inherit' });
}
