import type * as fs from 'node:fs/promises';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { warnIfLocked } from '../../../src/editor/written';
import { Uri } from './fakeVscode';

const told = vi.hoisted(() => [] as string[]);
const denied = vi.hoisted(() => new Set<string>());
vi.mock('vscode', () => import('./fakeVscode'));
vi.mock('../../../src/editor/say', () => ({ say: { warning: (text: string) => told.push(text) } }));
// Who runs the tests as root may write everything.
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof fs>();
  const access = (path: string, mode: number): Promise<void> =>
    denied.has(path) && mode === real.constants.W_OK
      ? Promise.reject(new Error('EACCES'))
      : real.access(path, mode);
  return { ...real, access };
});

test('an edit of a file that may not be written is told of, with what to do', async () => {
  const path = join(await mkdtemp(join(tmpdir(), 'fitcheck-')), 'train.py');
  await warnIfLocked(Uri.file(path) as never);
  await writeFile(path, '');
  await warnIfLocked(Uri.file(path) as never);
  await warnIfLocked({ ...Uri.file(path), scheme: 'untitled' } as never);
  expect(told).toEqual([]);
  denied.add(path);
  await warnIfLocked(Uri.file(path) as never);
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(/train\.py can not be saved: .*Make the file writable, or save a copy/);
});
