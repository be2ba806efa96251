import type * as fs from 'node:fs/promises';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { warnIfLocked, wasWritten } from '../../../src/editor/written';
import { Uri } from './fakeVscode';

const told = vi.hoisted(() => [] as string[]);
const denied = vi.hoisted(() => new Set<string>());
const takenBack = vi.hoisted(() => [] as string[]);
vi.mock('vscode', async () => {
  const fake = await import('./fakeVscode');
  class WorkspaceEdit {
    texts: string[] = [];
    replace = (_uri: unknown, _range: unknown, text: string): void => void this.texts.push(text);
  }
  const applyEdit = ({ texts }: WorkspaceEdit): Promise<boolean> => {
    takenBack.push(...texts);
    return Promise.resolve(true);
  };
  return { ...fake, WorkspaceEdit, Range: class {}, workspace: { ...fake.workspace, applyEdit } };
});
const pauses = vi.hoisted(() => ({ count: 0, during: (count: number): unknown => count }));
vi.mock('node:timers/promises', () => ({
  setTimeout: () => Promise.resolve(pauses.during(++pauses.count)),
}));
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

describe('an edit after which its document is not dirty', () => {
  const before = 'a = 1\n';
  const documentOf = async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'fitcheck-')), 'train.py');
    await writeFile(path, before);
    return { uri: Uri.file(path), version: 2, isDirty: false, isClosed: false, lineCount: 3 };
  };
  type Document = Awaited<ReturnType<typeof documentOf>>;
  const isWritten = (document: Document): Promise<boolean> =>
    wasWritten(document as never, { source: before, isCurrent: () => false });
  /** How often it is waited until the edit is taken back. */
  let most = 0;
  beforeEach(async () => {
    Object.assign(pauses, { count: 0, during: () => undefined });
    takenBack.length = told.length = 0;
    expect(await isWritten(await documentOf())).toBe(false);
    expect([takenBack.splice(0), told.splice(0).length]).toEqual([[before], 1]);
    most = pauses.count;
    pauses.count = 0;
  });

  test.each([
    ['is dirty at last', { isDirty: true }],
    ['was changed by the user, or undone', { version: 3 }],
    ['was closed', { isClosed: true }],
  ])('is not taken back where the document %s', async (_what, change) => {
    for (const when of [1, most]) {
      const document = await documentOf();
      pauses.count = 0;
      pauses.during = (count) => void (count === when && Object.assign(document, change));
      expect(await isWritten(document)).toBe(true);
    }
    expect([takenBack, told]).toEqual([[], []]);
  });
});
