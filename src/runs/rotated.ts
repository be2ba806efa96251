import { stat } from 'node:fs/promises';

/** Files that a rotation leaves; handlers keep a few. */
const MOST = 50;
/**
 * A rotation renames the file and begins the next one at once. What ended longer before (ms) is a log of another time: many
 * scripts rotate when they start.
 */
const AT_ONCE = 60_000;

/**
 * The older parts of a log that was rotated while it was written (`train.log.2`, `train.log.1` before `train.log`, as
 * Python's RotatingFileHandler and logrotate name them), oldest first.
 */
export async function rotatedBefore(path: string): Promise<string[]> {
  const parts: string[] = [];
  let begun = (await timesOf(path))?.begun ?? 0;
  while (parts.length < MOST) {
    const part = `${path}.${parts.length + 1}`;
    const times = await timesOf(part);
    // Where the file system does not tell when a file was begun, none is known to be a part.
    if (!times || begun === 0 || Math.abs(begun - times.ended) > AT_ONCE) break;
    parts.push(part);
    begun = times.begun;
  }
  return parts.reverse();
}

async function timesOf(path: string): Promise<{ begun: number; ended: number } | null> {
  try {
    const found = await stat(path);
    return found.isFile() ? { begun: found.birthtimeMs, ended: found.mtimeMs } : null;
  } catch {
    return null;
  }
}
