import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A folder for what is downloaded once: FITCHECK_CACHE, else the user's cache folder. */
export async function cacheFolder(name) {
  const base =
    process.env.FITCHECK_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'fitcheck');
  const folder = join(base, name);
  await mkdir(folder, { recursive: true });
  return folder;
}
