import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { CodeFile, CodeState } from '../../ledger/entry';
import { textHash } from '../../ledger/stillWritten';

/** A longer file is no script or config of a person. */
const LONGEST = 2 << 20;

/** A run that has just started, and what it was started with. */
export interface Started {
  readonly script: string;
  readonly configs: readonly string[];
  /** The words of its command line. */
  readonly words: readonly string[];
  /** ms since 1970. */
  readonly start: number;
  /** The script's text where it is not what the disk says: of a notebook in an editor. */
  readonly source: string | null;
}

/** Some file systems tell times to two seconds (ms). */
const COARSE = 2_000;

/**
 * What a run is made by, read from disk as it is now; the texts go to `keep`. What has changed since the run started is not what
 * it read, and is left out. Null where that is the script, or where it can't be read.
 */
export async function codeOf(
  { script, configs, words, start, source }: Started,
  keep: (hash: string, text: string) => Promise<void>,
): Promise<CodeState | null> {
  // The parsers are loaded at the first training, not when the window opens.
  const { scriptSettings } = await import('../../ledger/scriptSettings');
  const { configSettings, argumentSettings } = await import('../../ledger/configSettings');
  const files: CodeFile[] = [];
  for (const path of [script, ...configs.filter((one) => one !== script)]) {
    const given = path === script ? source : null;
    if (given === null && (await isNewer(path, start))) {
      if (path === script) return null;
      // A file that is named on the command line may be what the run writes.
      continue;
    }
    const text = given ?? (await sourceOf(path));
    if (text === null && path === script) return null;
    if (text === null) continue;
    const hash = textHash(text);
    await keep(hash, text);
    const isScript = /\.(py|ipynb)$/.test(path);
    // What can't be parsed is still told apart by its hash.
    const settings = await (isScript ? scriptSettings(text) : configSettings(text, path)).catch(() => ({}));
    files.push({ path, hash, settings });
  }
  return { files, arguments: argumentSettings(words), commit: await commitOf(dirname(script)) };
}

async function isNewer(path: string, start: number): Promise<boolean> {
  const info = await stat(path).catch(() => null);
  return info !== null && info.mtimeMs > start + COARSE;
}

/** The text of a script or config; of a notebook the code of its cells, without what they printed. */
async function sourceOf(path: string): Promise<string | null> {
  const info = await stat(path).catch(() => null);
  if (!info?.isFile() || info.size > LONGEST) return null;
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null || !path.endsWith('.ipynb')) return text;
  try {
    const { cells } = JSON.parse(text) as { cells: { cell_type: string; source: string | string[] }[] };
    const code = cells.filter((cell) => cell.cell_type === 'code');
    return code.map(({ source }) => (Array.isArray(source) ? source.join('') : source)).join('\n\n');
  } catch {
    return null;
  }
}

/** The commit that is checked out, read from git's own files; null outside of a repository. */
async function commitOf(folder: string): Promise<string | null> {
  const read = (path: string): Promise<string | null> => readFile(path, 'utf8').catch(() => null);
  for (let at = folder, up = dirname(at); ; at = up, up = dirname(at)) {
    const head = (await read(join(at, '.git', 'HEAD')))?.trim();
    if (head !== undefined) {
      const name = /^ref: (.+)$/.exec(head)?.[1];
      if (name === undefined) return /^[\da-f]{7,64}$/.test(head) ? head : null;
      const loose = (await read(resolve(at, '.git', name)))?.trim();
      if (loose !== undefined) return loose;
      const packed = (await read(join(at, '.git', 'packed-refs'))) ?? '';
      return (
        packed
          .split('\n')
          .find((line) => line.endsWith(` ${name}`))
          ?.split(' ')[0] ?? null
      );
    }
    if (up === at) return null;
  }
}
