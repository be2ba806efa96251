import { readdir, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Surroundings } from '../config/surroundings';
import { lintProject, type LintProject } from '../lint/project';
import { HumanError } from '../runs/humanError';
import { readText } from './files';

/** A project on disk: the folder at its top, and what is decided there. */
export interface ProjectOnDisk {
  readonly top: string;
  readonly project: LintProject;
  readonly around: Surroundings;
  /** The path of a file from the top, with `/`. */
  readonly seen: (file: string) => string;
}

/**
 * The project that a path is in: the nearest folder upwards that has a project file of ours or a `.git`, else the
 * nearest with a pyproject.toml, else the one that is worked in, or the path's own where that is elsewhere.
 * @throws HumanError where a project file can't be understood
 */
export async function projectOf(path: string): Promise<ProjectOnDisk> {
  const top = await topOf(resolve(path));
  const read = async (name: string): Promise<string | null> => {
    try {
      return await readText(join(top, ...name.split('/')));
    } catch (error) {
      if (error instanceof HumanError) return null;
      throw error;
    }
  };
  const list = async (folder: string): Promise<readonly string[]> => {
    try {
      const entries = await readdir(join(top, ...folder.split('/')), { withFileTypes: true });
      // Whoever reads a pipe waits for somebody to write into it.
      return entries.filter((entry) => entry.isFile() || entry.isSymbolicLink()).map(({ name }) => name);
    } catch {
      return [];
    }
  };
  const project = await lintProject(read);
  return {
    top,
    project,
    around: { read, list },
    seen: (file) => relative(top, resolve(file)).split(sep).join('/'),
  };
}

async function topOf(path: string): Promise<string> {
  const start = (await isFolder(path)) ? path : dirname(path);
  let pythonPackage: string | null = null;
  for (let folder = start; ; folder = dirname(folder)) {
    const names = new Set(await readdir(folder).catch(() => []));
    if (['.git', '.fitcheck.json', '.fitcheckignore'].some((name) => names.has(name))) return folder;
    if (names.has('pyproject.toml')) pythonPackage ??= folder;
    if (dirname(folder) === folder) break;
  }
  const here = process.cwd();
  return pythonPackage ?? (start === here || start.startsWith(here + sep) ? here : start);
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
