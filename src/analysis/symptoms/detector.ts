import type { Finding, Severity } from '../diagnosis';
import type { RunView } from '../pairing';

/** Looks for one symptom. Pure; null when it is not there, or cannot be told from what is logged. */
export type Detector = (view: RunView) => Finding | null;

/** One step less severe: an error becomes a warning, anything else information. */
export function milder(severity: Severity): Severity {
  return severity === 'error' ? 'warning' : 'info';
}

/** Length of the run of trues at the end of `test(i)` for i < count. */
export function trailingRun(count: number, test: (index: number) => boolean): number {
  let length = 0;
  while (length < count && test(count - 1 - length)) length++;
  return length;
}
