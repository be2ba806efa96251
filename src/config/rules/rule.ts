import * as l10n from '@vscode/l10n';
import type { LintFinding, LintSeverity } from '../../findings/finding';
import type { Entry } from '../entry';
import type { Setting } from '../settings';
import type { TrainingConfig } from '../training';

export { insertBeside, replaceValue } from './edit';

/** One rule: pure, on one config at a time. */
export interface ConfigRule {
  readonly code: string;
  readonly title: string;
  check(config: TrainingConfig): LintFinding[];
}

type Fix = NonNullable<LintFinding['fix']>;

/** A finding on the value of a setting, or on its key where the value is fine and something beside it is missing. */
export function finding(
  code: string,
  { entry }: Pick<Setting, 'entry'>,
  severity: LintSeverity,
  message: string,
  fix?: Fix | null,
  at: 'value' | 'key' = 'value',
): LintFinding {
  const range = at === 'value' ? entry.valueRange : entry.keyRange;
  return { code, range, severity, message, ...(fix ? { fix } : {}) };
}

/** `weight_decay is 0.9 in this file`: how every message about a value begins. */
export function inThisFile(entry: Pick<Entry, 'path' | 'value'>): string {
  return l10n.t('{0} is {1} in this file', keyOf(entry), String(entry.value).trim());
}

/** The key of an entry as it is written; of an item in a list, the key of the list. */
export function keyOf({ path }: Pick<Entry, 'path'>): string {
  return path.findLast((key) => !/^\d+$/.test(key)) ?? '';
}
