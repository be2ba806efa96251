/**
 * What a log format is: how it is recognised, and how its bytes become points.
 *
 * A format knows nothing of runs, files on disk or the editor. It is given bytes in whatever pieces they
 * arrive and reports what it reads, in the order of the file, to a {@link PointSink}.
 */

/** The part of the data a value was measured on. `null` anywhere means "the log does not say". */
export type Split = 'train' | 'val' | 'test';

/** Stands for "not known" wherever a step, epoch, time or line number is expected. */
export const UNKNOWN = Number.NaN;

/** Receives what a parser reads. Calls come in file order; a parser never goes back. */
export interface PointSink {
  /**
   * Sets the position that the values after it belong to.
   * @param step global step, or the batch or row index if that is what the log counts; {@link UNKNOWN} if it prints none
   * @param epoch epoch as printed (may be fractional); {@link UNKNOWN} if it prints none
   * @param time wall time in ms since 1970; {@link UNKNOWN} if it prints none
   * @param line 1-based line of the file, for "jump to the line"; {@link UNKNOWN} in binary files
   */
  at(step: number, epoch: number, time: number, line: number): void;
  /**
   * One value at the current position. Non-finite values are data and must be reported.
   * @param key what the log calls it, trimmed, otherwise untouched (`val_loss`, `metrics/mAP50-95(B)`)
   * @param split only where the format knows it from outside the key (a `Test:` line, a `mode` field)
   */
  value(key: string, value: number, split?: Split): void;
  /** A line or record that should have been data and was not understood. Prose is not reported. */
  skip(line: number, reason: string): void;
  /** A fact about the run that is not a curve: `total_epochs`, `total_steps`, `framework`, `batch_size` ... */
  context(key: string, value: string | number): void;
  /** The log says that the training ended, well or badly. `reason` is the deciding line, untouched. */
  ended(how: 'finished' | 'stopped' | 'crashed', reason: string, line: number): void;
}

/** Turns the bytes of one file into points. Any split of the same bytes gives the same calls on the sink. */
export interface LogParser {
  /** Whether `end` would report something that was read but not reported yet (a line without its end, a held row). */
  readonly pending: boolean;
  /** The next bytes of the file. The array may be reused by the caller afterwards. */
  push(chunk: Uint8Array): void;
  /** No more bytes for now: parse the last line even without its line end. Nothing is pushed afterwards. */
  end(): void;
}

/** What a format may look at to recognise a file: its path and at most 256 KB of its content. */
export interface Sample {
  /** Path with forward slashes, as long as is known; the last two folders often decide. */
  readonly path: string;
  /** The first bytes, at most 192 KB. */
  readonly head: Uint8Array;
  /** The last bytes, at most 64 KB; empty when `head` holds the whole file. */
  readonly tail: Uint8Array;
  /** Size of the file in bytes. */
  readonly size: number;
}

/** How sure a format is that a sample is its own. */
export interface Recognition {
  /** 0 = not mine, 1 = certain (magic bytes, or exact name and content). */
  readonly confidence: number;
  /** For people: `header has "epoch" and "val_loss"`, or why not. */
  readonly why: string;
}

/** One log format. `recognise` is pure and cheap (a few ms); it must not be fooled by the name alone. */
export interface LogFormat {
  /** Stable id, part of the JSON contract: `csv`, `jsonl`, `hf-trainer-state`, `tfevents`, `text`. */
  readonly id: string;
  /** For people: `CSV or TSV with a header`. */
  readonly title: string;
  /**
   * `append`: the file only grows, so a reader continues where it was.
   * `rewrite`: the file is written anew at each save, so a reader starts over whenever it changes.
   */
  readonly growth: 'append' | 'rewrite';
  recognise(sample: Sample): Recognition;
  /** The highest confidence that `recognise` gives: it is not asked when another format is surer than that. */
  readonly surest: number;
  createParser(sink: PointSink): LogParser;
}
