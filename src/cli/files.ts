import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HumanError, readFailure } from '../runs/humanError';

const ignored = new Set([
  'node_modules',
  '.git',
  '.venv',
  'venv',
  'site-packages',
  '__pycache__',
  'dist',
  'build',
]);

/**
 * The files below a path that a test on the name accepts, in order; a file that was named is always one of them.
 * @throws HumanError when the path can't be read
 */
export async function filesBelow(path: string, accept: (path: string) => boolean): Promise<string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const entries = await readdir(path, { withFileTypes: true });
    const nested = entries
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(async (entry) => {
        const below = join(path, entry.name);
        if (entry.isDirectory()) return ignored.has(entry.name) ? [] : filesBelow(below, accept);
        return entry.isFile() && accept(below) ? [below] : [];
      });
    return (await Promise.all(nested)).flat();
  } catch (error) {
    throw readFailure(path, error);
  }
}

/**
 * A text file whole, byte order mark included.
 * @throws HumanError when it can't be read or is not UTF-8: writing it back would destroy it
 */
export async function readText(path: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(path));
  } catch (error) {
    if (!(error instanceof TypeError)) throw readFailure(path, error);
    throw new HumanError(`${path}: not UTF-8 text; save it as UTF-8 first`, path);
  }
}

/** Writes a text file whole. @throws HumanError when it can't be written */
export async function writeText(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new HumanError(`${path}: can't be written (${reason}); nothing was changed`, path);
  }
}
