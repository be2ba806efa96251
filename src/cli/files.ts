import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readFailure } from '../runs/humanError';

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

/** A text file whole. @throws HumanError when it can't be read */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw readFailure(path, error);
  }
}
