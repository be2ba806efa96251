import type { Split } from '../formats/format';

/** A file that was recognised as a log. */
export interface FoundLog {
  readonly path: string;
  /** Id of its format. */
  readonly format: string;
  /** Time of the last change, ms since 1970. */
  readonly modified: number;
}

/** Where one run is read from. */
export interface RunSource {
  /** The log file, or the folder when several files make the run. */
  readonly path: string;
  readonly files: readonly { path: string; split: Split | null }[];
  /** Time of the newest change, ms since 1970. */
  readonly modified: number;
  readonly format: string;
}
