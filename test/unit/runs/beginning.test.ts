import { appendFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Beginning } from '../../../src/protocol';
import { beginningOf, goesOn } from '../../../src/runs/beginning';
import { discoverRuns } from '../../../src/runs/discovery';
import { RunReader } from '../../../src/runs/runReader';
import { temporaryFolder } from './fixtures';

const folder = temporaryFolder();
const lines = (from: number, to: number, seed = 0): string =>
  Array.from(
    { length: to - from },
    (_, i) => `epoch ${from + i} lr: 0.1 loss: ${1 / (from + i + seed)} val_loss: ${2 / (from + i)}\n`,
  ).join('');

async function begins(path: string): Promise<Beginning> {
  const reader = new RunReader((await discoverRuns(path))[0]!);
  await reader.poll();
  return beginningOf(reader.run)!;
}

async function log(text: string): Promise<string> {
  const path = join(await folder(), 'train.log');
  await writeFile(path, text);
  return path;
}

test('a log that is read again, or that grew, is of the same training', async () => {
  const path = await log(lines(1, 30));
  const before = JSON.parse(JSON.stringify(await begins(path))) as Beginning;
  expect(goesOn(before, await begins(path))).toBe(true);
  await appendFile(path, lines(30, 50));
  expect(goesOn(before, await begins(path))).toBe(true);
});

test('so is one whose values are not finite, and one that was resumed', async () => {
  const path = await log('epoch 1 loss: nan\nepoch 2 loss: nan\n');
  const before = JSON.parse(JSON.stringify(await begins(path))) as Beginning;
  await appendFile(path, 'epoch 1 loss: 3\nepoch 2 loss: 2\n');
  expect(goesOn(before, await begins(path))).toBe(true);
});

test('a training that is written into the same log is another one, from its first point on', async () => {
  const path = await log(lines(1, 30));
  const before = await begins(path);
  for (const end of [3, 30]) {
    await writeFile(path, lines(1, end, 0.5));
    expect(goesOn(before, await begins(path))).toBe(false);
  }
  await writeFile(path, lines(1, 30).replaceAll('loss', 'error'));
  expect(goesOn(before, await begins(path))).toBe(false);
});

test('a log stays of its training when it is rotated, and when the oldest part of it is gone', async () => {
  const path = await log(lines(1, 20));
  const before = await begins(path);
  await rename(path, `${path}.1`);
  await writeFile(path, lines(20, 40));
  expect(goesOn(before, await begins(path))).toBe(true);
  await rename(path, `${path}.1`);
  await writeFile(path, lines(40, 60));
  expect(goesOn(before, await begins(path))).toBe(true);
});

test('keys may be called as they like', () => {
  const reader = (value: number): Beginning => ({ ['__proto__']: [{ x: 1, what: String(value) }] });
  expect(goesOn(reader(1), reader(1))).toBe(true);
});
