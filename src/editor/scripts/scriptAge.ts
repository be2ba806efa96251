/** Both may have been copied or checked out together (ms). */
const TOGETHER = 10_000;
/** Some file systems tell times to two seconds, and an interpreter needs a moment until it reads its script (ms). */
const COARSE = 2_000;

/** When a run was made, as far as that is known (ms since 1970). */
export interface RunTimes {
  /** When it was seen to start; undefined where it was not. */
  readonly started: number | undefined;
  /** When its log was made; 0 where the file system does not tell. */
  readonly born: number;
  /** When its log was last written. */
  readonly modified: number;
}

/**
 * Whether a script is as the run read it at its start. What was saved since then is another: whether that has the problem still, the
 * next run will show. A log that a later run began anew may be older than that: then nothing is said, rather than something untrue.
 * @param saved when the script was last written, ms since 1970
 */
export function isAsRun(saved: number, { started, born, modified }: RunTimes): boolean {
  if (started !== undefined) return saved <= started + COARSE;
  // A copy is younger than its last line.
  return saved <= (born > 0 ? Math.min(born, modified) : modified) + TOGETHER;
}
