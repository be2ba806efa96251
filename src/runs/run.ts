import type { Recognition } from '../formats/format';
import type { Series } from './series';

/** How a training stands, as far as its log tells. */
export type RunStatus = 'running' | 'finished' | 'stopped' | 'crashed' | 'unknown';

/** Lines or records that should have been data and were not understood. */
export interface Skipped {
  lines: number;
  /** The first of them; its line is null in a binary log. */
  first: { line: number | null; reason: string } | null;
}

/** How the log, or who started it, says that the training ended. `stopped`: someone wanted it to end. */
export interface Ending {
  readonly how: 'finished' | 'stopped' | 'crashed';
  readonly reason: string;
  /** 1-based; NaN in a binary log. */
  readonly line: number;
}

/** A run that should go on and says nothing: for how long, and how often it used to (ms). */
export interface Silence {
  readonly quiet: number;
  readonly usual: number;
}

/** One training: everything that was read of it, from however many files it wrote. */
export interface Run {
  /** Stable across restarts: derived from the path. */
  readonly id: string;
  /** The log file, or the folder when several files make one run. */
  readonly path: string;
  /** Id of the format it was read as, or `mixed`. */
  readonly format: string;
  /** How sure that format is, and why; null before anything was read. */
  readonly recognition?: Recognition | null;
  /** The files that its points are from; the `sources` of a series count in this list. */
  readonly files?: readonly string[];
  readonly series: readonly Series[];
  readonly status: RunStatus;
  /** Facts that are not curves: `total_epochs`, `total_steps`, `framework`, `batch_size` ... */
  readonly context: ReadonlyMap<string, string | number>;
  readonly skipped: Skipped;
  readonly ending?: Ending | null;
  readonly silence?: Silence | null;
}
