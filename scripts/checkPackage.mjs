/** `node scripts/checkPackage.mjs FILE.vsix`: the package holds exactly what it should, and is small enough. */
import { stat } from 'node:fs/promises';
import { mustRun } from './lib/run.mjs';

const LIMIT = 6 * 1024 * 1024;
const expected = [
  'CHANGELOG.md',
  'LICENSE.txt',
  'dist/analyzer.js',
  'dist/cli.js',
  'dist/engine.js',
  'dist/extension.js',
  'dist/sampleTraining.js',
  'dist/wasm/tfjs-backend-wasm-simd.wasm',
  'dist/wasm/tfjs-backend-wasm.wasm',
  'dist/wasm/tree-sitter-python.wasm',
  'dist/wasm/web-tree-sitter.wasm',
  'dist/webview.css',
  'dist/webview.js',
  'media/icons/fitcheck.svg',
  'media/icons/icon.png',
  'media/icons/panel.svg',
  'media/model/model.json',
  'media/model/weights.bin',
  'media/sample/sensors.csv',
  'package.json',
  'readme.md',
];

const [file] = process.argv.slice(2);
const listed = (await mustRun('python3', ['-m', 'zipfile', '-l', file])).split('\n');
const names = listed
  .map((line) => /^extension\/(\S+)/.exec(line)?.[1])
  .filter((name) => name !== undefined)
  .sort();
const missing = expected.filter((name) => !names.includes(name));
const unexpected = names.filter((name) => !expected.includes(name));
const { size } = await stat(file);
const problems = [
  ...missing.map((name) => `missing: ${name}`),
  ...unexpected.map((name) => `not expected: ${name}`),
  ...(size > LIMIT ? [`${size} bytes, more than ${LIMIT}`] : []),
];
process.stdout.write(
  problems.length > 0 ? `${problems.join('\n')}\n` : `${names.length} files, ${size} bytes\n`,
);
process.exit(problems.length > 0 ? 1 : 0);
