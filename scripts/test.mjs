/**
 * `npm test [LEVEL …]`: all levels, or the named ones: static, unit, webview, editor, workbench, newest, packaged.
 *
 * Provides what they need (VS Code's server build, a Chromium), goes on after a failed level, and ends with one line:
 * `N passed, N failed`. Skipped tests are counted in a line before it. Of several levels those inside VS Code run in two
 * rows side by side, since they wait more than they compute; their lines begin with the level.
 */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from './lib/chromium.mjs';
import { levels } from './lib/levels.mjs';
import { mustRun, run } from './lib/run.mjs';
import { ensureServer } from './lib/vscodeServer.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const rows = [
  ['workbench', 'newest'],
  ['packaged', 'editor'],
];

/** A level in this process. */
async function alone(name) {
  try {
    return await levels[name](root);
  } catch (error) {
    process.stdout.write(`${error.message}\n`);
    return [0, 1, 0];
  }
}

/** A level in a process of its own, since some set what holds for the whole process. */
async function apart(name, prefix = '') {
  process.stdout.write(`\n── ${name}\n`);
  const { output } = await run(process.execPath, ['scripts/test.mjs', name], {
    cwd: root,
    echo: true,
    prefix,
  });
  const [, skipped = '0'] = /(\d+) skipped \(see above/.exec(output) ?? [];
  const [, passed = '0', failed = '1'] = /(\d+) passed, (\d+) failed\s*$/.exec(output) ?? [];
  return [passed, failed, skipped].map(Number);
}

/** What all rows share is there before they begin. What can't be had, each level says by itself. */
async function provide() {
  const steps = [findChromium, () => ensureServer('oldest'), () => ensureServer('newest')];
  for (const step of steps) await step().catch(() => undefined);
}

async function several(names) {
  const counts = [];
  const one = async (name, prefix) => void counts.push(await apart(name, prefix));
  for (const name of names) if (!rows.flat().includes(name)) await one(name);
  const beside = rows.map((row) => row.filter((name) => names.includes(name)));
  if (beside.flat().length > 0) await provide();
  await Promise.all(
    beside.map(async (row) => {
      for (const name of row) await one(name, `${name.padEnd(9)} │ `);
    }),
  );
  return [0, 1, 2].map((i) => counts.reduce((sum, count) => sum + count[i], 0));
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(levels, name));
if (unknown.length > 0) {
  process.stderr.write(`no level "${unknown.join('", "')}"; there are ${Object.keys(levels).join(', ')}\n`);
  process.exit(2);
}
if (process.env.FITCHECK_BUILT === undefined) {
  process.stdout.write(await mustRun(process.execPath, ['esbuild.mjs', '--tests'], { cwd: root }));
  process.env.FITCHECK_BUILT = '1';
}
const [passed, failed, skipped] = await (wanted.length === 1
  ? alone(wanted[0])
  : several(wanted.length > 0 ? wanted : Object.keys(levels)));
if (skipped > 0) process.stdout.write(`\n${skipped} skipped (see above for why)\n`);
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);
