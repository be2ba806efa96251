/**
 * `npm test [LEVEL …]`: all levels, or the named ones: static, unit, webview, editor, workbench, newest, packaged.
 *
 * Provides what they need (VS Code's server build, a Chromium), goes on after a failed level, and ends with one line:
 * `N passed, N failed`. Skipped tests are counted in a line before it.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from './lib/chromium.mjs';
import { runEditorSuite } from './lib/editorSuite.mjs';
import { mustRun, run } from './lib/run.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const total = { passed: 0, failed: 0, skipped: 0 };
const count = (passed, failed, skipped = 0) => {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
};

/** A check without tests of its own counts as one. */
async function check(name, command, args) {
  const { code, output } = await run(command, args, { cwd: root });
  if (code !== 0) process.stdout.write(`${output}\n`);
  process.stdout.write(`${code === 0 ? 'ok' : 'FAILED'}: ${name}\n`);
  count(code === 0 ? 1 : 0, code === 0 ? 0 : 1);
}

async function vitest(project, filters = []) {
  const folder = await mkdtemp(join(tmpdir(), 'fitcheck-'));
  const file = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const { code } = await run('npx', ['vitest', 'run', '--project', project, ...reporters, ...filters], {
    cwd: root,
    echo: true,
  });
  try {
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(await readFile(file, 'utf8'));
    // A file that does not load has no tests to count, and must not pass unseen.
    count(numPassedTests, Math.max(numFailedTests, code === 0 ? 0 : 1), numPendingTests);
  } catch {
    count(0, 1);
  }
  await rm(folder, { recursive: true, force: true });
}

async function insideVsCode(options) {
  const { code, output } = await runEditorSuite({ root, ...options });
  const found = /editor suite: (\d+) passed, (\d+) failed, (\d+) skipped/.exec(output);
  if (!found) process.stdout.write(`the suite inside VS Code gave no result (exit code ${code})\n`);
  const [passed, failed, skipped] = found ? found.slice(1).map(Number) : [0, 1, 0];
  count(passed, failed === 0 && code !== 0 ? 1 : failed, skipped);
}

/** In the newest VS Code instead of the oldest that is supported. */
async function inNewest(work) {
  const chosen = process.env.FITCHECK_VSCODE;
  process.env.FITCHECK_VSCODE = 'newest';
  try {
    await work();
  } finally {
    if (chosen === undefined) delete process.env.FITCHECK_VSCODE;
    else process.env.FITCHECK_VSCODE = chosen;
  }
}

const levels = {
  static: async () => {
    await check('types', 'npm', ['run', '--silent', 'typecheck']);
    await check('lint and formatting', 'npm', ['run', '--silent', 'lint']);
  },
  unit: () => vitest('unit'),
  webview: async () => {
    await findChromium();
    await vitest('webview');
  },
  editor: () => insideVsCode({}),
  workbench: () => vitest('workbench'),
  newest: () => inNewest(() => vitest('workbench', ['firstSteps', 'streams'])),
  packaged: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fitcheck-'));
    const vsix = join(folder, 'fitcheck.vsix');
    await mustRun(process.execPath, ['scripts/package.mjs', vsix], { cwd: root });
    await check('contents and size of the package', process.execPath, ['scripts/checkPackage.mjs', vsix]);
    // Most who install it have the newest VS Code; the sources were tried in the oldest.
    await inNewest(() => insideVsCode({ vsix }));
    await rm(folder, { recursive: true, force: true });
  },
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(levels, name));
if (unknown.length > 0) {
  process.stderr.write(`no level "${unknown.join('", "')}"; there are ${Object.keys(levels).join(', ')}\n`);
  process.exit(2);
}
process.stdout.write(await mustRun(process.execPath, ['esbuild.mjs', '--tests'], { cwd: root }));
process.env.FITCHECK_BUILT = '1';
for (const [name, level] of Object.entries(levels)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stdout.write(`\n── ${name}\n`);
  try {
    await level();
  } catch (error) {
    process.stdout.write(`${error.message}\n`);
    count(0, 1);
  }
}
if (total.skipped > 0) process.stdout.write(`\n${total.skipped} skipped (see above for why)\n`);
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exit(total.failed === 0 ? 0 : 1);
