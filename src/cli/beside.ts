import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { importedPaths, type Neighbour } from '../python/neighbours';
import { planRemedy } from '../python/plan';
import type { TechniqueId } from '../remedies/remedy';
import { readText } from './files';

/** Most files of a folder that are looked at, and the longest (bytes): a folder of data sets is none of scripts. */
const MOST = 60;
const LONGEST = 300_000;

/** The other Python files of a script's folder. */
export async function neighboursOf(script: string): Promise<Neighbour[]> {
  const folder = dirname(script);
  const names = (await readdir(folder).catch(() => [])).filter(
    (name) => name.endsWith('.py') && name !== basename(script),
  );
  const found: Neighbour[] = [];
  for (const name of names.slice(0, MOST)) {
    const source = await readShort(join(folder, name));
    if (source !== null) found.push({ name, source });
  }
  return found;
}

/** A file that a script imports, and in which a remedy has its place; null where there is none. */
export async function placeElsewhere(
  script: string,
  text: string,
  remedy: TechniqueId,
): Promise<string | null> {
  for (const path of importedPaths(text).slice(0, MOST)) {
    const file = join(dirname(script), path);
    const source = await readShort(file);
    if (source !== null && (await planRemedy(source, remedy)).applicable) return file;
  }
  return null;
}

async function readShort(path: string): Promise<string | null> {
  try {
    const { size } = await stat(path);
    return size <= LONGEST ? await readText(path) : null;
  } catch {
    return null;
  }
}
