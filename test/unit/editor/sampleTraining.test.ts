import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SampleTraining } from '../../../src/editor/sampleTraining';
import { temporaryFolder } from '../runs/fixtures';

const folder = temporaryFolder();

/** The command, with a training that writes down that it began, and goes on. */
async function setUp() {
  const root = await folder();
  const script = join(root, 'training.cjs');
  const began = join(root, 'began');
  await writeFile(began, '');
  await writeFile(
    script,
    `setTimeout(() => {
  require('node:fs').appendFileSync(${JSON.stringify(began)}, process.pid + '\\n');
  process.send('begun');
}, 200);
setInterval(() => undefined, 1000);`,
  );
  const context = { globalStorageUri: { fsPath: root }, asAbsolutePath: () => script };
  const sample = new SampleTraining(context as never, { warn: (text: string) => expect.fail(text) } as never);
  const pids = async (): Promise<number[]> => (await readFile(began, 'utf8')).trim().split('\n').map(Number);
  return { sample, pids };
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('a double click starts the sample training over, and is no failure', async () => {
  const { sample, pids } = await setUp();
  const logs = await Promise.all([sample.start(), sample.start()]);
  expect(logs[0]).toBe(logs[1]);
  const all = await pids();
  await expect.poll(() => all.filter(isAlive)).toEqual(all.slice(-1));
  sample.dispose();
  await expect.poll(() => all.filter(isAlive)).toEqual([]);
});
