import type { LogFormat, PointSink, Recognition, Split } from '../formats/format';
import type { Read } from '../protocol';

/** A part of a run that is read by itself: a file, or what a database holds of the run. */
export interface RunPart {
  readonly path: string;
  /** Split and metric of all its values, where the name or folder tells. */
  readonly split: Split | null;
  readonly metric: string | undefined;
  /** Read only while the other parts have no points. */
  readonly standIn: boolean;
  /** Null before it was recognised. */
  readonly format: LogFormat | null;
  /** How sure its format is, and why; null before it was recognised, or where it was not guessed. */
  readonly recognition?: Recognition | null;
  /** Time of the last change in ms since 1970; 0 before the first look. */
  readonly modified: number;
  /** Time when the file was made, ms since 1970; 0 where that is not known. */
  readonly created: number;
  /** How far it is read; none where it is read at once. */
  readonly progress?: Read;
  /**
   * Reads what is new into `sink`.
   * @returns `reset` when the points given so far no longer hold; call {@link restart} and read into a fresh sink
   * @throws HumanError when it can't be read, or is no training log
   */
  poll(sink: PointSink): Promise<'unchanged' | 'grown' | 'reset'>;
  /** It is complete as it is: reports what is left. */
  finish(): void;
  /** Forgets all: the next poll reads from the start. */
  restart(): void;
  /** Nobody wants it any more: a poll that is under way ends soon, and what it has read is of no use. */
  stop?(): void;
}
