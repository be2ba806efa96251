/** `npm run test:electron`: the editor suite in desktop VS Code, which is downloaded at the first run. */
import { runTests } from '@vscode/test-electron';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mustRun } from './lib/run.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const workspace = join(await mkdtemp(join(tmpdir(), 'fc-')), 'w');
await cp(join(root, 'test/fixtures/workspace'), workspace, { recursive: true });
await mustRun(process.execPath, ['esbuild.mjs', '--tests'], { cwd: root });
try {
  await runTests({
    version: process.env.FITCHECK_VSCODE ?? 'stable',
    extensionDevelopmentPath: [root, join(root, 'test/editorStub')],
    extensionTestsPath: join(root, 'out/editor/index.js'),
    launchArgs: [workspace, '--disable-extensions', '--disable-workspace-trust'],
  });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await rm(dirname(workspace), { recursive: true, force: true });
}
