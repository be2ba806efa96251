/** A run that was read, as far as a config can know it. Paths are from the folder that is worked in, with `/`. */
export interface KnownRun {
  readonly path: string;
  readonly title: string;
  readonly label: string | null;
  /** Where what is wrong begins: "epoch 12"; null where that is not known. */
  readonly since: string | null;
  /** Last change, ms since 1970. */
  readonly modified: number;
}

/** The folder around a config, as far as a lint may look: paths are relative to the folder that is worked in, with `/`. */
export interface Surroundings {
  /** The text of a file, or null where there is none. */
  read(path: string): Promise<string | null>;
  /** Names of the files in a folder; empty where there is none. */
  list(folder: string): Promise<readonly string[]>;
  /** The runs that were read there, where somebody reads runs. */
  readonly runs?: readonly KnownRun[];
}

/** A config by itself. */
export const nowhere: Surroundings = {
  read: () => Promise.resolve(null),
  list: () => Promise.resolve([]),
};

/** The folder of a path; empty for a file at the top. */
export function folderOf(path: string): string {
  const parts = path.replaceAll('\\', '/').split('/');
  return parts.slice(0, -1).join('/');
}

/** A path as seen from a folder, `.` and `..` resolved; null where it leads out of what is worked in. */
export function joined(folder: string, path: string): string | null {
  if (/^([/~]|[a-z]+:)/i.test(path)) return null;
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of path.replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}
