import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { overfitting } from '../cli/run';
import { temporaryFolder } from '../runs/fixtures';

const folder = temporaryFolder();
/** The Node of the newest VS Code; tests run on the oldest one that is supported. */
const node24 = process.env.FITCHECK_NODE24 ?? '';
const reason = existsSync(node24) ? '' : ' (skipped: set FITCHECK_NODE24 to a Node 24)';

describe.skipIf(reason !== '')(`on Node 24${reason}`, () => {
  const tfjsNode = process.env.FITCHECK_TFJS_NODE ?? '';
  const native = tfjsNode !== '' && existsSync(join(tfjsNode, 'node_modules/@tensorflow/tfjs-node'));
  it.each(native ? ['wasm', 'cpu', 'tfjs-node'] : ['wasm', 'cpu'])(
    'the analyzer works with %s',
    async (backend) => {
      const path = join(await folder(), 'log.csv');
      await writeFile(path, overfitting(40));
      const args = [resolve('dist/cli.js'), 'diagnose', path, '--json', '--backend', backend];
      const { status, stdout } = spawnSync(node24, args, { encoding: 'utf8' });
      expect(status).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({
        backend: { name: backend },
        runs: [{ verdict: { label: 'overfitting' } }],
      });
    },
  );
});
