import { execFileSync } from 'node:child_process';

/** Before any test: the bundles that tests run are those of the sources as they are. */
export function setup() {
  execFileSync(process.execPath, ['esbuild.mjs', '--tests'], { stdio: 'inherit' });
}
