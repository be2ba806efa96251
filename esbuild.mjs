/**
 * Builds everything that runs: `node esbuild.mjs [--watch] [--dev] [--tests]`.
 *
 * The analyzer (tf.js) is a bundle of its own that the others load on demand, so that nobody pays for it before the
 * first verdict. A warning fails the build: esbuild warns where it would silently drop a tf.js backend.
 */
import { build, context } from 'esbuild';
import { copyFile, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const flags = new Set(process.argv.slice(2));
const production = !flags.has('--dev') && !flags.has('--watch');

/** `import('./tfjs')` becomes `require('./analyzer.js')`: the tf.js bundle beside the one that asks for it. */
const analyzerApart = {
  name: 'analyzer-apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/tfjs$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './analyzer.js', external: true } : undefined,
    );
  },
};

const node = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // tf.js' cpu backend registers itself only through its module entry.
  mainFields: ['module', 'main'],
  // ESM packages ask where they are; in a CommonJS bundle that must be told.
  define: { 'import.meta.url': 'bundleUrl' },
  banner: { js: "const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
  external: ['vscode', '@tensorflow/tfjs-node', '@tensorflow/tfjs-node-gpu'],
  plugins: [analyzerApart],
  minify: production,
  keepNames: true,
  sourcemap: production ? false : 'linked',
  logLevel: 'warning',
  outdir: 'dist',
};

const page = {
  bundle: true,
  platform: 'browser',
  target: 'chrome120',
  format: 'iife',
  entryPoints: { webview: 'webview/main.ts' },
  minify: production,
  sourcemap: production ? false : 'linked',
  logLevel: 'warning',
  outdir: 'dist',
};

const bundles = [
  { ...node, entryPoints: { extension: 'src/extension.ts' } },
  { ...node, entryPoints: { engine: 'src/engine/main.ts' } },
  { ...node, entryPoints: { cli: 'src/cli.ts' } },
  { ...node, entryPoints: { analyzer: 'src/analysis/tfjs.ts' } },
  { ...node, entryPoints: { sampleTraining: 'src/analysis/sample/main.ts' } },
  page,
];
if (flags.has('--tests')) {
  const external = [...node.external, 'mocha'];
  const entryPoints = { index: 'test/editor/index.ts' };
  bundles.push({ ...node, external, entryPoints, outdir: 'out/editor', minify: false });
}

/** Files that are loaded by path at run time. */
const assets = [
  ...['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'].map((name) => [
    join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'dist', name),
    'dist/wasm',
  ]),
  [require.resolve('web-tree-sitter/web-tree-sitter.wasm'), 'dist/wasm'],
  [require.resolve('tree-sitter-python/tree-sitter-python.wasm'), 'dist/wasm'],
];

await mkdir('dist/wasm', { recursive: true });
await Promise.all(assets.map(([from, folder]) => copyFile(from, join(folder, basename(from)))));
if (flags.has('--watch')) {
  await Promise.all(bundles.map(async (options) => (await context(options)).watch()));
} else {
  const results = await Promise.all(bundles.map((options) => build(options)));
  const warnings = results.flatMap((result) => result.warnings);
  if (warnings.length > 0) {
    process.stderr.write(`the build has ${warnings.length} warnings, which count as errors\n`);
    process.exit(1);
  }
}
