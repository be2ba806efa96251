import { problemOf } from '../formats/customCheck';
import { useOwnFormats } from '../formats/registry';
import { UsageError } from './usage';

export const backendChoices = ['auto', 'tfjs-node', 'wasm', 'cpu'] as const;
export type BackendChoice = (typeof backendChoices)[number];

const failOnChoices = ['error', 'warning'] as const;
export type FailOn = (typeof failOnChoices)[number];

/** One of a list of words. @throws UsageError that lists them */
export function choice<T extends string>(flag: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((word) => word === value);
  if (found === undefined) throw new UsageError(`${flag} takes ${allowed.join(', ')}; got "${value}"`);
  return found;
}

export function failOn(value: string | undefined): FailOn | null {
  return value === undefined ? null : choice('--fail-on', value, failOnChoices);
}

/** Whether a severity reaches the one that makes the command fail. */
export function fails(severity: string, limit: FailOn | null): boolean {
  return limit !== null && (severity === 'error' || (severity === 'warning' && limit === 'warning'));
}

/** `--pattern`: a regular expression for the lines of a log that no format reads. @throws UsageError that says what is wrong with it */
export async function usePattern(pattern: string | undefined): Promise<void> {
  if (pattern === undefined) return;
  const problem = await problemOf(pattern);
  if (problem) throw new UsageError(`--pattern ${problem}`);
  useOwnFormats([{ name: 'pattern', pattern }]);
}
