import type { Entry } from '../entry';
import type { LintFinding } from '../../findings/finding';
import type { TrainingConfig } from '../training';

/** One rule: pure, on one config at a time. */
export interface ConfigRule {
  readonly code: string;
  readonly title: string;
  check(config: TrainingConfig): LintFinding[];
}

/** A fix that replaces a value and nothing else: comments, quotes around it and layout stay. */
export function replaceValue(entry: Entry, value: string, safe: boolean): NonNullable<LintFinding['fix']> {
  const key = entry.path.at(-1) ?? '';
  return { title: `Set ${key} to ${value}`, edits: [{ range: entry.valueRange, newText: value }], safe };
}

/** `weight_decay is 0.9 in this file`: how every message begins. */
export function inThisFile(entry: Entry): string {
  return `${entry.path.at(-1)} is ${String(entry.value)} in this file`;
}
