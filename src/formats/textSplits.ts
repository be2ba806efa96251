import type { Split } from './format';
import { identifyMetric, splitOfWord } from './metricName';
import type { NamedNumber } from './textNumbers';

/** `Loss train/val`, `train/val loss` */
const BOTH = /^(?:(.*?)[\s_]*\b([^\s_/()]+)\/([^\s_/()]+)|([^\s_/()]+)\/([^\s_/()]+)[\s_]+(.*))$/;

/** The two metrics of `Loss train/val = 2.5/2.6`; null for other names. */
export function bothSplits(name: string): readonly [string, string] | null {
  const match = name.includes('/') ? BOTH.exec(name) : null;
  if (!match) return null;
  const metric = match[1] ?? match[6] ?? '';
  const first = match[2] ?? match[4]!;
  const second = match[3] ?? match[5]!;
  if (metric === '' || splitOfWord(first) === null || splitOfWord(second) === null) return null;
  return [`${metric} ${first}`, `${metric} ${second}`];
}

/** Whether only a slash stands between the two numbers. */
export function isSecondOf(number: NamedNumber, next: NamedNumber | undefined, text: string): boolean {
  if (next === undefined || next.name !== '') return false;
  return text.slice(number.value.start + number.value.text.length, next.value.start).trim() === '/';
}

/**
 * The metric that a bare split in front of a number stands for: in `loss train 0.3 valid 0.9` the one before it.
 * Null when it stands for none.
 */
export function metricOfSplit(number: NamedNumber, keys: readonly string[]): string | null {
  const before = keys.at(-1);
  if (before === undefined || number.inBrackets || number.total !== null) return null;
  const split = splitOfWord(number.name);
  if (split === null) return null;
  const { name, split: other, direction } = identifyMetric(before);
  if (direction === 'none' || other === split) return null;
  // "loss 0.3 val 0.9": a word without a split before it only where nothing else can be meant.
  if (other === null && (keys.length > 1 || name !== 'loss' || split !== 'val' || number.separated))
    return null;
  return `${name} ${number.name}`;
}

/**
 * `train Loss: 0.3 Acc: 0.9`: the split that the first metric of a line names holds for the bare metrics after it,
 * unless the line names another one, or the same metric with and without a split.
 */
export function inheritSplit(keys: readonly string[], splits: (Split | null)[]): void {
  if (keys.length < 2) return;
  const { split } = identifyMetric(keys[0]!);
  if (split === null) return;
  const identities = keys.map((key) => identifyMetric(key));
  const named = new Set<string>();
  for (const identity of identities) {
    if (identity.split === null) continue;
    if (identity.split !== split) return;
    named.add(identity.name);
  }
  identities.forEach(({ split: own, name, direction }, index) => {
    if (own === null && direction !== 'none' && !named.has(name)) splits[index] ??= split;
  });
}
