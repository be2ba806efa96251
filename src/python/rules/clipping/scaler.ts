import { assignmentsTo } from '../../model/assignments';
import type { Script } from '../../model/script';

/** Whether a gradient scaler is visibly switched off, so that it scales nothing. */
export function scalerIsOff(name: string, { assignments }: Script): boolean {
  const made = assignmentsTo(assignments, name);
  return made.length > 0 && made.every(({ value }) => /\benabled\s*=\s*False\b/.test(value.text));
}
