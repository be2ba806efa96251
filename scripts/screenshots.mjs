/**
 * `npm run screenshots [-- --only WORD]`: pictures of every state of the panel, and of VS Code around it, into
 * `out/screenshots`; those of the documentation into `docs/images`.
 */
import { build } from 'esbuild';
import { run } from './lib/run.mjs';

const program = 'out/screenshots.mjs';
const { code: built } = await run(process.execPath, ['esbuild.mjs'], { echo: true });
if (built !== 0) process.exit(built);
await build({
  entryPoints: ['test/screenshots/main.ts'],
  outfile: program,
  bundle: true,
  external: ['esbuild', 'playwright-core'],
  // What is CommonJS among the bundled packages asks for Node's own modules this way.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
  platform: 'node',
  format: 'esm',
  logLevel: 'warning',
});
const { code } = await run(process.execPath, [program, ...process.argv.slice(2)], { echo: true });
process.exit(code);
