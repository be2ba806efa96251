import { DatabaseRun } from './databaseRun';
import { HumanError } from './humanError';
import { LogFile } from './logFile';
import type { RunPart } from './part';
import type { RunBuilder } from './runBuilder';
import type { RunFile } from './source';

/** What reads a file of a run. */
export function openPart(file: RunFile): RunPart {
  return file.row === undefined ? new LogFile(file) : new DatabaseRun(file.path, file.row);
}

/**
 * Reads what is new in the parts, up to the first that has to be read anew.
 * @param failures is given what can't be read
 */
export async function pollParts(
  parts: readonly RunPart[],
  builder: RunBuilder,
  failures: HumanError[],
): Promise<'unchanged' | 'appended' | 'reset'> {
  let change: 'unchanged' | 'appended' = 'unchanged';
  for (const part of parts) {
    try {
      const kind = await part.poll(builder.sink(part.split, part.metric, part.path));
      if (kind === 'reset') return 'reset';
      if (kind === 'grown') change = 'appended';
    } catch (error) {
      if (!(error instanceof HumanError)) throw error;
      failures.push(error);
    }
  }
  return change;
}
