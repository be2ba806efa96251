import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lastLines } from '../../../src/engine/lastLines';

async function linesOf(content: string): Promise<string[]> {
  const path = join(await mkdtemp(join(tmpdir(), 'fitcheck-')), 'log.txt');
  await writeFile(path, content);
  return lastLines(path);
}

test('the last lines are those of a terminal', async () => {
  expect(await linesOf('a\r\n10%\r90%\n\u001b[31mRuntimeError\u001b[0m: no  \n\n')).toEqual([
    'a',
    '90%',
    'RuntimeError: no',
  ]);
  expect(await linesOf('')).toEqual([]);
});

test('of a long file only whole lines, of a long line only its beginning', async () => {
  const many = Array.from({ length: 5_000 }, (_, i) => `line ${i}`);
  const found = await linesOf(many.join('\n'));
  expect(found).toHaveLength(12);
  expect(found.at(-1)).toBe('line 4999');
  expect((await linesOf(`x\n${'y'.repeat(1_000)}`)).at(-1)).toBe(`${'y'.repeat(300)}…`);
  expect(await linesOf('z'.repeat(100_000))).toEqual([]);
});

test('a binary file, and one that is not there, say nothing', async () => {
  expect(await linesOf('a\0b\n')).toEqual([]);
  expect(await lastLines('/nowhere/at/all')).toEqual([]);
});
