import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { CodeFile, CodeState } from '../../ledger/entry';

/** A longer file is no script or config of a person. */
const LONGEST = 2 << 20;

/** What a run is made by, read from disk as it is now; the texts go to `keep`. */
export async function codeOf(
  script: string,
  configs: readonly string[],
  words: readonly string[],
  keep: (hash: string, text: string) => Promise<void>,
): Promise<CodeState> {
  // The parsers are loaded at the first training, not when the window opens.
  const { scriptSettings } = await import('../../ledger/scriptSettings');
  const { configSettings, argumentSettings } = await import('../../ledger/configSettings');
  const files: CodeFile[] = [];
  for (const path of [script, ...configs.filter((one) => one !== script)]) {
    const text = await sourceOf(path);
    if (text === null) continue;
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 32);
    await keep(hash, text);
    const isScript = /\.(py|ipynb)$/.test(path);
    // What can't be parsed is still told apart by its hash.
    const settings = await (isScript ? scriptSettings(text) : configSettings(text, path)).catch(() => ({}));
    files.push({ path, hash, settings });
  }
  return { files, arguments: argumentSettings(words), commit: await commitOf(dirname(script)) };
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
