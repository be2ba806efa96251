import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { mlflowDatabase } from '../formats/mlflowDatabase';
import { candidatesBelow } from './candidates';
import { databaseRuns } from './databaseRun';
import { groupFiles, newestFirst } from './grouping';
import { readFailure } from './humanError';
import { lookInto, type LookedInto } from './lookInto';
import { mlflowMetrics } from './mlflowRuns';
import type { FoundLog, RunSource } from './source';
import { asStream, withStreams } from './streamRuns';

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
export type SeenFiles = Map<string, { size: number; modified: number; found: LookedInto }>;

const AT_ONCE = 8;
const DATABASE = /\.(?:db|sqlite3?)$/i;

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
    // `mlflow.db/<run>` is how a run of a database is called.
    const inside = (await databaseRuns(dirname(root))).filter(({ path }) => path === root);
    if (inside.length > 0) return inside;
    throw readFailure(root, error);
  }
  if (info.isFile()) return sourcesOfFile(root, Math.floor(info.mtimeMs));
  const { paths, mlflowRuns } = await candidatesBelow(root, options);
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
    const found = same ? seen.found : await lookInto(path);
    // Of a database the tables may come in a file beside it, which its own time does not tell.
    if (found.format !== null || !DATABASE.test(path)) options.seen?.set(path, { size, modified, found });
    const { format, ...steps } = found;
    return format === null ? null : { path, format, modified, ...steps };
  });
  const stored = await mapInParallel(mlflowRuns, mlflowMetrics);
  const logs = [...found.filter((file): file is FoundLog => file !== null), ...stored.flat()];
  const [databases, files] = [true, false].map((kind) =>
    logs.filter(({ format }) => (format === mlflowDatabase.id) === kind),
  );
  const inDatabases = await mapInParallel(databases!, ({ path }) => databaseRuns(path));
  return newestFirst([...(await withStreams(groupFiles(files!))), ...inDatabases.flat()]);
}

/** A file that the user named is a run even when it is not recognised: reading it then tells why not. */
async function sourcesOfFile(path: string, modified: number): Promise<RunSource[]> {
  const format = (await lookInto(path)).format ?? 'unknown';
  if (format === mlflowDatabase.id) return databaseRuns(path);
  const [group] = groupFiles([{ path, format, modified }]);
  const { files, facts } = group!;
  return [(await asStream({ path, modified, format, files, ...(facts && { facts }) })).source];
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
