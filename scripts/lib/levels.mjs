import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './chromium.mjs';
import { runEditorSuite } from './editorSuite.mjs';
import { mustRun, run } from './run.mjs';

/** Checks without tests of their own, side by side: each counts as one. */
async function checks(root, commands) {
  const codes = await Promise.all(
    Object.entries(commands).map(async ([name, [command, ...args]]) => {
      const { code, output } = await run(command, args, { cwd: root });
      if (code !== 0) process.stdout.write(`${output}\n`);
      process.stdout.write(`${code === 0 ? 'ok' : 'FAILED'}: ${name}\n`);
      return code;
    }),
  );
  const passed = codes.filter((code) => code === 0).length;
  return [passed, codes.length - passed, 0];
}

async function vitest(root, project, filters = []) {
  const folder = await mkdtemp(join(tmpdir(), 'fitcheck-'));
  const file = join(folder, 'report.json');
  const reporters = ['default', 'json', './scripts/lib/retriedReporter.mjs'].map(
    (name) => `--reporter=${name}`,
  );
  const output = `--outputFile.json=${file}`;
  const args = ['vitest', 'run', '--project', project, ...reporters, output, ...filters];
  const { code } = await run('npx', args, { cwd: root, echo: true });
  try {
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(await readFile(file, 'utf8'));
    // A file that does not load has no tests to count, and must not pass unseen.
    return [numPassedTests, Math.max(numFailedTests, code === 0 ? 0 : 1), numPendingTests];
  } catch {
    return [0, 1, 0];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function insideVsCode(options) {
  const { code, output } = await runEditorSuite(options);
  const found = /editor suite: (\d+) passed, (\d+) failed, (\d+) skipped/.exec(output);
  if (!found) process.stdout.write(`the suite inside VS Code gave no result (exit code ${code})\n`);
  const [passed, failed, skipped] = found ? found.slice(1).map(Number) : [0, 1, 0];
  return [passed, failed === 0 && code !== 0 ? 1 : failed, skipped];
}

/** In the newest VS Code instead of the oldest that is supported: for the rest of this process. */
function inNewest() {
  process.env.FITCHECK_VSCODE = 'newest';
}

/** Most who install it have the newest VS Code; the sources are tried in the oldest. */
async function packaged(root) {
  inNewest();
  const folder = await mkdtemp(join(tmpdir(), 'fitcheck-'));
  try {
    const vsix = join(folder, 'fitcheck.vsix');
    await mustRun(process.execPath, ['scripts/package.mjs', vsix], { cwd: root });
    const contents = [process.execPath, 'scripts/checkPackage.mjs', vsix];
    const counts = [
      await checks(root, { 'contents and size of the package': contents }),
      await insideVsCode({ root, vsix }),
    ];
    return [0, 1, 2].map((i) => counts[0][i] + counts[1][i]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The levels of the tests by name, in order: each takes the folder of the repository and gives [passed, failed, skipped]. */
export const levels = {
  static: (root) =>
    checks(root, {
      types: ['npm', 'run', '--silent', 'typecheck'],
      'lint and formatting': ['npm', 'run', '--silent', 'lint'],
    }),
  unit: (root) => vitest(root, 'unit'),
  webview: async (root) => {
    await findChromium();
    return vitest(root, 'webview');
  },
  editor: (root) => insideVsCode({ root }),
  workbench: (root) => vitest(root, 'workbench'),
  newest: (root) => {
    inNewest();
    return vitest(root, 'workbench', ['firstSteps', 'streams']);
  },
  packaged,
};
