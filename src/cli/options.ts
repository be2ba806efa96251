import { problemOf } from '../formats/customCheck';
import { useOwnNames } from '../formats/metricName';
import { ownNames } from '../formats/ownNames';
import { formatById, formats, useOwnFormats } from '../formats/registry';
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

/** `--metric KEY=MEANING`: what a metric means whose name says too little. @throws UsageError where it is no meaning */
export function useMetrics(given: readonly string[]): void {
  const pairs = given.map((one) => {
    const at = one.lastIndexOf('=');
    if (at < 1)
      throw new UsageError(
        `--metric takes a name and what it means, such as "holdout_nll=val loss"; got "${one}"`,
      );
    return [one.slice(0, at), one.slice(at + 1)] as const;
  });
  const { known, problems } = ownNames(Object.fromEntries(pairs));
  if (problems[0]) throw new UsageError(`--metric: ${problems[0]}`);
  useOwnNames(known);
}

/** `--as`: the id of the format that logs are read as; null where they are recognised. @throws UsageError that lists them */
export function formatNamed(id: string | undefined): string | null {
  if (id === undefined || formatById(id)) return id ?? null;
  throw new UsageError(`--as takes ${formats.map((format) => format.id).join(', ')}; got "${id}"`);
}
