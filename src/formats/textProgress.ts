import type { TextRecord } from './textRecord';

/** A record and the line it stands in. */
export interface Held {
  readonly record: TextRecord;
  readonly line: number;
}

/** True for what was measured on data that is not trained on. */
export function isValidation(split: TextRecord['split']): boolean {
  return split === 'val' || split === 'test';
}

/**
 * The line that sums up a validation replaces the running values of its last progress line.
 * @returns the progress line without what the summary repeats, and the summary with the split of the progress line
 */
export function settleProgress(progress: Held, summary: TextRecord): { progress: Held; summary: TextRecord } {
  if (!isValidation(summary.split)) return { progress, summary };
  const { record, line } = progress;
  const kept = record.keys.flatMap((key, index) => (summary.keys.includes(key) ? [] : [index]));
  return {
    progress: {
      line,
      record: {
        ...record,
        keys: kept.map((index) => record.keys[index]!),
        values: kept.map((index) => record.values[index]!),
        splits: kept.map((index) => record.splits[index]!),
      },
    },
    // What the progress lines call "Test" the summary line, ` * Acc@1 69.8`, does not name at all.
    summary: {
      ...summary,
      splits: summary.splits.map((split) => (split === null ? null : (record.split ?? split))),
    },
  };
}
