import * as l10n from '@vscode/l10n';
import type { Direction } from './metricDirection';
import { directionOf } from './metricDirection';
import type { Split } from './format';

/** What the user says that a key of the log means. */
export interface OwnName {
  readonly name: string | null;
  readonly split: Split | null;
  readonly direction: Direction | null;
}

const splits: ReadonlyMap<string, Split> = new Map(
  Object.entries({
    train: 'train',
    training: 'train',
    val: 'val',
    valid: 'val',
    validation: 'val',
    test: 'test',
  } as const),
);
const names: ReadonlyMap<string, Direction> = new Map(
  Object.entries({
    loss: 'lower',
    accuracy: 'higher',
    perplexity: 'lower',
    learning_rate: 'none',
    grad_norm: 'none',
  } as const),
);

/**
 * What the meanings in a setting say, and what is wrong with the others, in words: `"holdout nll": "val loss"` gives a
 * split, a metric, or both; a metric of another name is rated by what that name tells.
 * @param given key of the log -> meaning, as it comes from a settings file: it may be anything
 */
export function ownNames(given: unknown): { known: Map<string, OwnName>; problems: string[] } {
  const known = new Map<string, OwnName>();
  const problems: string[] = [];
  const entries = typeof given === 'object' && given !== null ? Object.entries(given) : [];
  for (const [key, meaning] of entries as [string, unknown][]) {
    const own = typeof meaning === 'string' ? read(meaning) : null;
    if (own) known.set(key.trim(), own);
    else
      problems.push(
        l10n.t(
          'The meaning of the metric {0} is {1}: it must be a split (train, val, test), a metric such as loss or accuracy, or both ("val loss").',
          ...[JSON.stringify(key), JSON.stringify(meaning)],
        ),
      );
  }
  return { known, problems };
}

function read(meaning: string): OwnName | null {
  const words = meaning.trim().split(/\s+/);
  const split = splits.get(words[0]!.toLowerCase()) ?? null;
  const name = words.slice(split ? 1 : 0).join(' ') || null;
  if (split === null && name === null) return null;
  if (name !== null && !/^[\p{L}][\p{L}\p{N} _@/-]*$/u.test(name)) return null;
  const direction = name === null ? null : (names.get(name.toLowerCase()) ?? directionOf(name));
  // A word that says nothing is a mistake, not a meaning.
  if (split === null && direction === 'none' && !names.has(name!.toLowerCase())) return null;
  return { name, split, direction };
}
