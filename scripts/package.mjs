/** Makes fitcheck.vsix: `node scripts/package.mjs [FILE]`. Builds first, unless `npm test` has; nothing is installed into it. */
import { mustRun } from './lib/run.mjs';

const file = process.argv[2] ?? 'fitcheck.vsix';
if (process.env.FITCHECK_BUILT === undefined) await mustRun(process.execPath, ['esbuild.mjs']);
await mustRun('npx', ['--no-install', 'vsce', 'package', '--no-dependencies', '--out', file], { echo: true });
