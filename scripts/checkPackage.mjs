/** `node scripts/checkPackage.mjs FILE.vsix`: the package holds exactly what it should, and is small enough. */
import { readdirSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import yauzl from 'yauzl';

const LIMIT = 6 * 1024 * 1024;
const expected = [
  'LICENSE.txt',
  'changelog.md',
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
  ...['docs/remedies', 'docs/rules'].flatMap((folder) =>
    readdirSync(folder).map((name) => `${folder}/${name}`),
  ),
  'l10n/bundle.l10n.json',
  'l10n/bundle.l10n.zh-cn.json',
  'media/icons/fitcheck.svg',
  'media/icons/icon.png',
  'media/icons/panel.svg',
  'media/model/model.json',
  'media/model/weights.bin',
  'media/sample/sensors.csv',
  'media/samples/overfitting/train.py',
  'media/samples/overfitting/training.csv',
  'media/samples/underfitting/metrics.jsonl',
  'media/samples/underfitting/train.py',
  'media/samples/unstable/train.py',
  'media/samples/unstable/training.log',
  'media/walkthrough/compare.svg',
  'media/walkthrough/lint.svg',
  'media/walkthrough/own.svg',
  'media/walkthrough/remedy.svg',
  'media/walkthrough/sample.svg',
  'package.json',
  'package.nls.json',
  'package.nls.zh-cn.json',
  'readme.md',
];

const [file] = process.argv.slice(2);
const archive = await promisify(yauzl.open)(file);
const names = [];
await new Promise((resolve, reject) => {
  // The two files outside `extension/` are the packager's own.
  archive.on('entry', ({ fileName }) => fileName.startsWith('extension/') && names.push(fileName.slice(10)));
  archive.once('end', resolve);
  archive.once('error', reject);
});
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
