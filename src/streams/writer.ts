/** A log may be written so long after its program's end was told (ms). */
export const LAST_WORDS = 2_000;

/** A program that was started in the editor. */
export interface Started {
  /** URI of the script or notebook; null where none was found. */
  readonly source: string | null;
  /** Folders in and below which it may write: where it was started, and where its script is. */
  readonly folders: readonly string[];
  /** ms since 1970. */
  readonly start: number;
  /** Null while it goes on. */
  readonly end: number | null;
  /** Logs that were being written already when it started. */
  readonly busy: ReadonlySet<string>;
}

/** A log as far as it tells whether a program writes it. */
export interface Written {
  readonly path: string;
  /** Last change, ms since 1970. */
  readonly modified: number;
}

/**
 * The program that wrote a log: it was last written while the program went on, not already when it started, and lies where that
 * works; of several with one source the last that was started. Null where that is true of none, of several with different sources, or where
 * the source is not known: an edit of the wrong script is worse than none.
 */
export function writerOf<Program extends Started>(
  log: Written,
  programs: readonly Program[],
): Program | null {
  const able = programs.filter(
    ({ start, end, busy, folders }) =>
      log.modified >= start &&
      log.modified <= (end ?? Infinity) + LAST_WORDS &&
      !busy.has(log.path) &&
      folders.some((folder) => isBelow(log.path, folder)),
  );
  // What was over before another began has no more to say.
  const latest = Math.max(...able.map(({ start }) => start));
  const left = able.filter(({ end }) => end === null || end > latest);
  const last = left.at(-1);
  if (!last || last.source === null || left.some(({ source }) => source !== last.source)) return null;
  return last;
}

function isBelow(path: string, folder: string): boolean {
  const end = folder.at(-1);
  if (end === '/' || end === '\\') return path.startsWith(folder);
  return path.startsWith(folder) && (path[folder.length] === '/' || path[folder.length] === '\\');
}
