import { cp, mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installExtension, removeAfterwards, startServer } from './vscodeServer.mjs';
import { runInside } from './workbench.mjs';

/**
 * Runs the bundled editor suite inside VS Code's extension host.
 * @param root folder of the repository
 * @param vsix where given, this package is installed and tested instead of the sources
 * @returns exit code of the suite, and what it printed
 */
export async function runEditorSuite({ root, vsix = null }) {
  // A short path: sockets of the editor live below it, and the system bounds their length.
  const scratch = await mkdtemp(join(tmpdir(), 'fc-'));
  const dataFolder = join(scratch, 'd');
  const workspace = join(scratch, 'w');
  // What the tests leave behind goes with all else.
  const temporary = join(scratch, 't');
  try {
    await mkdir(temporary);
    await cp(join(root, 'test/fixtures/workspace'), workspace, { recursive: true });
    const stub = join(root, 'test/editorStub');
    if (vsix) await installExtension(vsix, dataFolder);
    // What lies there at the first start is installed.
    else
      await cp(stub, join(dataFolder, 'extensions', 'fitcheck.fitcheck-test-stub-0.0.1'), {
        recursive: true,
      });
    const server = await startServer({ dataFolder, env: { TMPDIR: temporary } });
    try {
      // With a package installed, a stub takes the place of the extension under development, which tests need.
      const extension = vsix ? stub : root;
      const tests = join(root, 'out/editor/index.js');
      return await runInside({ server, folder: workspace, extension, tests });
    } finally {
      await server.stop();
    }
  } finally {
    await removeAfterwards(scratch);
  }
}
