import * as l10n from '@vscode/l10n';
import { readFile, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { openPages, type Pages } from '../formats/sqlite/pages';
import { HumanError, readFailure } from './humanError';

/** A database is read into memory; of a larger one nothing is read (bytes). */
const LARGEST = 512 * 1024 * 1024;
/** A transaction whose journal is older was left by a program that died; the file is read as it is (ms). */
const ABANDONED = 5_000;
/** How often a database that changes while it is read is read again, and the pause before (ms). */
const TRIES = 5;
const PAUSE = 40;

/** Null while the database is changing. @throws HumanError when it can't be read */
export async function openDatabase(path: string): Promise<Pages | null> {
  for (let tries = 0; tries < TRIES; tries++) {
    const before = await stateOf(path);
    if (before.size > LARGEST)
      throw new HumanError(
        l10n.t('{0}: the database is too large to read ({1} bytes)', path, before.size),
        path,
      );
    const journal = await stat(`${path}-journal`).catch(() => null);
    const open = journal !== null && journal.size > 0 && Date.now() - journal.mtimeMs < ABANDONED;
    if (!open) {
      const wal = await readFile(`${path}-wal`).catch(() => undefined);
      const bytes = await readFile(path).catch((error: unknown) => {
        throw readFailure(path, error);
      });
      if ((await stateOf(path)).key === before.key) return openPages(bytes, wal) ?? null;
    }
    await delay(PAUSE);
  }
  return null;
}

/** What tells whether a database has changed, its write-ahead log included. */
export interface State {
  /** Changes with the content. */
  key: string;
  inode: bigint;
  size: number;
  modified: number;
}

/** @throws HumanError when there is no such file */
export async function stateOf(path: string): Promise<State> {
  const [main, wal] = await Promise.all([
    stat(path, { bigint: true }).catch((error: unknown) => {
      throw readFailure(path, error);
    }),
    stat(`${path}-wal`, { bigint: true }).catch(() => null),
  ]);
  return {
    key: [main.ino, main.mtimeNs, main.size, wal?.mtimeNs, wal?.size].join(' '),
    inode: main.ino,
    size: Number(main.size),
    modified: Number(wal !== null && wal.mtimeMs > main.mtimeMs ? wal.mtimeMs : main.mtimeMs),
  };
}
