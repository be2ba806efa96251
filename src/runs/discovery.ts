import { opendir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { recogniseFormat } from '../formats/registry';
import { groupFiles } from './grouping';
import { readFailure } from './humanError';
import { readSample } from './sample';
import type { FoundLog, RunSource } from './source';

export interface DiscoveryOptions {
  /** Most files that are looked into; the newest ones go first. */
  readonly maxFiles?: number;
  /** Most folders that are listed. */
  readonly maxFolders?: number;
  readonly signal?: AbortSignal;
  /** What earlier searches found in each file; unchanged files are not looked into again. Kept up to date. */
  readonly seen?: SeenFiles;
}

/** Path -> size and time when a file was last looked into, and its format (null: no log). */
export type SeenFiles = Map<string, { size: number; modified: number; format: string | null }>;

/** Folders that hold no logs of their own, or thousands of files that are not: never entered. */
const ignored = new Set(
  'node_modules .git .hg .svn .venv venv env site-packages __pycache__ .mypy_cache .pytest_cache .ruff_cache .tox .cache .idea .vscode-test dist-packages'.split(
    ' ',
  ),
);
/** Names that can be logs; content decides. Data sets, images and weights are passed over unread. */
const candidate =
  /(\.(csv|tsv|jsonl?|ndjson|log|txt|out|err)$)|\.wandb$|tfevents|^(nohup|train(ing)?|log|logs|stdout|output)$/i;
/** A checkpoint of the Hugging Face trainer repeats the log so far: only the newest is looked into. */
const checkpoint = /^checkpoint-(\d+)$/;
const MAX_DEPTH = 16;
const AT_ONCE = 8;

/**
 * Finds the runs below a folder (or the one of a file), newest first. Bounded: at most `maxFiles` files are looked
 * into, at most 256 KB of each.
 * @throws HumanError when `root` itself can't be read
 */
export async function discoverRuns(root: string, options: DiscoveryOptions = {}): Promise<RunSource[]> {
  let info;
  try {
    info = await stat(root);
  } catch (error) {
    throw readFailure(root, error);
  }
  if (info.isFile()) return [await sourceOfFile(root, Math.floor(info.mtimeMs))];
  const paths = await candidatesBelow(root, options);
  const dated = await mapInParallel(paths, async (path) => {
    const info = await stat(path).catch(() => null);
    return info && { path, size: info.size, modified: Math.floor(info.mtimeMs) };
  });
  const newest = dated
    .filter((file) => file !== null)
    .sort((a, b) => b.modified - a.modified)
    .slice(0, options.maxFiles ?? 5_000);
  const found = await mapInParallel(newest, async ({ path, size, modified }) => {
    options.signal?.throwIfAborted();
    const seen = options.seen?.get(path);
    const same = seen?.size === size && seen.modified === modified;
    const format = same ? seen.format : await formatOf(path);
    options.seen?.set(path, { size, modified, format });
    return format === null ? null : { path, format, modified };
  });
  return groupFiles(found.filter((file): file is FoundLog => file !== null));
}

/** A file that the user named is a run even when it is not recognised: reading it then tells why not. */
async function sourceOfFile(path: string, modified: number): Promise<RunSource> {
  const format = (await formatOf(path)) ?? 'unknown';
  const [group] = groupFiles([{ path, format, modified }]);
  return { path, modified, format, files: group!.files };
}

async function formatOf(path: string): Promise<string | null> {
  try {
    const sample = await readSample(path);
    return sample.size === 0 ? null : (recogniseFormat(sample).format?.id ?? null);
  } catch {
    // Unreadable files below a folder are none of ours to report: the user pointed at the folder.
    return null;
  }
}

async function candidatesBelow(root: string, options: DiscoveryOptions): Promise<string[]> {
  const files: string[] = [];
  let queue = [{ path: root, depth: 0 }];
  let folders = options.maxFolders ?? 50_000;
  while (queue.length > 0 && folders > 0) {
    options.signal?.throwIfAborted();
    const batch = queue.splice(0, AT_ONCE);
    folders -= batch.length;
    const listed = await Promise.all(batch.map(({ path }) => listFolder(path)));
    for (const [i, { names, subfolders }] of listed.entries()) {
      const { path, depth } = batch[i]!;
      files.push(...names.map((name) => join(path, name)));
      if (depth < MAX_DEPTH) {
        queue = queue.concat(subfolders.map((name) => ({ path: join(path, name), depth: depth + 1 })));
      }
    }
  }
  return files;
}

async function listFolder(path: string): Promise<{ names: string[]; subfolders: string[] }> {
  const names: string[] = [];
  const subfolders: string[] = [];
  try {
    for await (const entry of await opendir(path)) {
      if (entry.isDirectory()) {
        if (!ignored.has(entry.name)) subfolders.push(entry.name);
      } else if (entry.isFile() && candidate.test(entry.name)) names.push(entry.name);
    }
  } catch {
    // A folder that vanished or may not be listed: what else is there is still found.
  }
  if (checkpoint.test(basename(path))) {
    return { names: names.filter((name) => name === 'trainer_state.json'), subfolders: [] };
  }
  const newest = newestCheckpoint(subfolders);
  const skipAll = names.includes('trainer_state.json');
  return {
    names,
    subfolders: subfolders.filter((name) => !checkpoint.test(name) || (!skipAll && name === newest)),
  };
}

function newestCheckpoint(names: readonly string[]): string | undefined {
  const steps = (name: string): number => Number(checkpoint.exec(name)?.[1] ?? -1);
  return names.filter((name) => checkpoint.test(name)).sort((a, b) => steps(b) - steps(a))[0];
}

async function mapInParallel<T, R>(items: readonly T[], one: (item: T) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const i = next++;
      results[i] = await one(items[i]!);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}
