import type { Split } from './format';
import { isMetricWord, splitOfWord } from './metricName';

/** What a name in front of a number makes of the number. */
export type NameKind = 'epoch' | 'epochs' | 'step' | 'steps' | 'metric' | 'other';

/** What is known of a name in front of a number. */
export interface NameUse {
  readonly kind: NameKind;
  /** Without `:` or `=` before the number only names made of well-known words are metrics; prose is not. */
  readonly needsSeparator: boolean;
  /** Split that the name of a counter tells: `Train Epoch`. */
  readonly split: Split | null;
}

const EPOCH = new Set(['epoch', 'ep', 'e', '轮', 'epochs']);
const STEP = new Set(
  'step steps iter iters iteration iterations it batch round update updates num_updates global_step global-step t_env total_timesteps current_steps s 训练次数 次数'.split(
    ' ',
  ),
);
/** Words that make a count of something else out of "epoch" and "step", or an extreme out of a metric. */
const NOT_CURRENT =
  /(?:^|[\s_])(?:best|min|max|minimum|maximum|lowest|highest|previous|prev|target|threshold|patience|per|number|num|skipped|nan|time|warmup|every|total|from|last|weight|time_per)(?:$|[\s_])/i;
const MODIFIERS =
  /^(?:the|avg|average|ave|avr|mean|moving|running|smoothed|total|overall|current|cur|final|batch|epoch|step|lm|main|aux|per|set|data|set's|top-?\d|learning|rate|grad|gradient|norm|on|in|of|for|with|reward|margins?|token|word|class|box|cls|obj|\w*_\w*)$/i;

const REMEMBERED = 4096;
const remembered = new Map<string, NameUse>();

/** What the name makes of the number after it. */
export function useOfName(name: string): NameUse {
  const known = remembered.get(name);
  if (known) return known;
  const use = judge(name);
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.set(name, use);
  return use;
}

const OTHER: NameUse = { kind: 'other', needsSeparator: true, split: null };

function judge(name: string): NameUse {
  if (name === '' || name.length > 60 || !/^[\p{L}_<]/u.test(name)) return OTHER;
  // "Training... loss"
  const words = name
    .toLowerCase()
    .split(/\s+/)
    .map((word) => word.replace(/(?:\.{2,}|…)$/, ''));
  if (words.length > 6) return OTHER;
  const last = words.at(-1)!;
  if (!NOT_CURRENT.test(name)) {
    const counter = counterKind(last);
    const plain = words.length <= 3 && words.length > 0;
    if (counter && plain) return { kind: counter, needsSeparator: false, split: splitIn(name) };
  } else if (/^(?:total|max|num|number of)[\s_](?:train[\s_])?(?:epochs|steps)$/i.test(name)) {
    return { kind: /epochs$/i.test(name) ? 'epochs' : 'steps', needsSeparator: true, split: null };
  }
  if (
    /(?:^|[\s_])(?:best|lowest|highest|previous|prev|target|threshold|patience|delta)(?:$|[\s_])/i.test(name)
  )
    return OTHER;
  if (!isMetricWord(name)) return OTHER;
  const known = words.every(
    (word) => MODIFIERS.test(word) || isMetricWord(word) || splitOfWord(word) !== null,
  );
  const endsInMetric =
    isMetricWord(last) ||
    isMetricWord(words.slice(-2).join(' ')) ||
    /^(?:margins?|rate|norm|avg|mean)$/.test(last);
  return { kind: 'metric', needsSeparator: !(known && endsInMetric), split: null };
}

function counterKind(word: string): NameKind | null {
  if (word === 'epochs') return 'epochs';
  if (EPOCH.has(word)) return 'epoch';
  return STEP.has(word) ? 'step' : null;
}

const SPLIT_WORD =
  /(?:^|[\s([{|*:<>\-=_'"])(train(?:ing)?|train_inner|val(?:id(?:ation|ate|ating)?)?|eval(?:uat(?:ion|ing|e))?|test(?:ing)?|dev|训练集?|验证集?|测试集?)(?=$|[\s)\]}:|,>\-*='"](?!\w+\.py))/i;

/** The split that a piece of text between numbers names (`Test: [`, ` | valid on 'valid' subset | `), or null. */
export function splitIn(text: string): Split | null {
  if (text.length < 3) return null;
  const match = SPLIT_WORD.exec(text);
  if (!match) return null;
  const word = match[1]!.toLowerCase();
  if (word.startsWith('eval') || word.startsWith('val')) return 'val';
  return splitOfWord(word);
}

/** Words that may stand beside the split in a heading. */
const HEADING =
  /^(?:the|set|phase|results?|metrics?|errors?|scores?|stats?|statistics|performance|on|data|dataset|epoch|begin|start(?:ing|ed)?|running|model|of|loop|stage|mode|perf)$/i;

/** Longer lines are no headings. */
export const LONGEST_HEADING = 48;
/** `  phase: TEST` in a network that is printed out, `├── test` in a config that is: a setting. */
const SETTING = /^\s+\w+:\s*\w|[│├└]/;

/** The split that a heading sets for the lines below it: `--- Validation ---`, `[valid]`, `Test set:`; null for other lines. */
export function sectionSplit(text: string): Split | null {
  if (text.length > LONGEST_HEADING || SETTING.test(text)) return null;
  const words = text.split(/[^\p{L}_]+/u).filter((word) => word !== '');
  if (words.length === 0 || words.length > 4) return null;
  const split = splitIn(words.join(' '));
  if (split === null) return null;
  return words.every((word) => HEADING.test(word) || splitIn(word) !== null) ? split : null;
}
