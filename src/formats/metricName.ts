import type { Split } from './format';
import { directionOf, type Direction } from './metricDirection';
import type { OwnName } from './ownNames';

/** What can be known of a metric from its name alone. */
export interface MetricIdentity {
  /** Canonical name (`loss`, `accuracy`, `perplexity`, `learning_rate`, `grad_norm`), or the raw name when unknown. */
  readonly name: string;
  /** Split that the name tells; null when it does not. */
  readonly split: Split | null;
  readonly direction: Direction;
  /** `%` where the name says so, else null. */
  readonly unit: string | null;
}

const TRAIN = 'train_inner|training|train(?:_?set)?|trn|tr|learn|训练集?';
const VAL = 'validation|(?:valid|val|dev|eval)(?:_?set)?|vl|va|evaluation|holdout|验证集?';
const TEST = 'testing|test(?:_?set)?|tst|测试集?';
const ANY = `(?:(${TRAIN})|(${VAL})|(${TEST}))`;
/** `val_loss`, `eval-logloss`, `train/loss`, `valid_0's auc`, `validation_1-rmse`, `训练Loss`. */
const PREFIX = new RegExp(
  `^(?:整体|the +)?${ANY}(?:(?:_\\d+)?(?:['’]s +|[ _\\-/.:]+)|上?的|(?<=[集练证试]))(?=.)`,
  'i',
);
/** `loss_train`, `Loss/val`, `loss (test)`. */
const SUFFIX = new RegExp(`(?<=.)(?:[ _\\-/.]+${ANY}|\\s*[([]${ANY}[)\\]])$`, 'i');
/** `loss/train/total`, `metrics/eval/CrossEntropy`. */
const SEGMENT = new RegExp(`/${ANY}(?=/)`, 'i');
/** A metric word that is written together with its split: `trainLoss`, `valAcc`, `TrLoss`, `lossTrain`, `LossVal`. */
const CAMEL =
  /^(?:([Tt]r(?:ain(?:ing|[Ss]et)?)?)|([Vv]al?(?:[Ss]et|id(?:ation)?)?|[Ee]val)|([Tt]est))(?=[A-Z][a-z])/;
const CAMEL_END = /(?<=(?:[Ll]oss|[Aa]cc(?:uracy)?))(?:(Train(?:ing)?)|(Val(?:id(?:ation)?)?|Eval)|(Test))$/;

const CANONICAL: readonly (readonly [string, RegExp])[] = [
  [
    'learning_rate',
    /^(?:.*\/)?(?:(?:current_|base_|opt_)?learning_?rate|lr)(?:[-/_]?(?:[a-z]*\d*|adamw?|sgd|group.*|pg.*)[-/\w]*)?$/,
  ],
  [
    'grad_norm',
    /^(?:.*\/)?(?:total_|global_|train_)?(?:grad(?:ient)?s?_norm|gnorm)(?:_total|_step|_epoch)?$/,
  ],
  ['perplexity', /^(?:average_|avg_|mean_)?(?:ppl|perplexity)$/],
  [
    'accuracy',
    /^(?:average_|avg_|mean_|overall_|total_|batch_|running_|moving_)*(?:(?:sparse_|categorical_|sparse_categorical_|binary_)?acc(?:uracy)?|acc@?1|top-?1|top-?1_acc(?:uracy)?|acc(?:uracy)?[/_]top-?1|正确率|准确率)(?:_percent|_?%)?$/,
  ],
  [
    'loss',
    /^(?:lm|total|avg|average|avr|mean|ave|moving|running|batch|overall|final|cur|current)?(?:[ _/](?:moving|running|batch|total|ave|avg|average|mean))*[ _/]?(?:loss|损失)(?:[ _/](?:total|avg|average|mean|batch|overall|current|value))*$/,
  ],
];

/** Looked up by what the log says, so no plain object: that has a `constructor` already. */
const BY_KEY: ReadonlyMap<string, readonly [string, Split]> = new Map([
  ['trl', ['loss', 'train']],
  ['tel', ['loss', 'val']],
  ['vloss', ['loss', 'val']],
]);

/** Names repeat on every line; hostile logs may hold any number of them, so what is remembered is bounded. */
const REMEMBERED = 4096;
const remembered = new Map<string, MetricIdentity>();

/** What the user says of keys, for this process: stronger than any convention. */
let own: ReadonlyMap<string, OwnName> = new Map();

/** Takes the user's own meanings, in place of those before. */
export function useOwnNames(names: ReadonlyMap<string, OwnName>): void {
  own = names;
  remembered.clear();
}

/**
 * Reads a metric's canonical name, split, direction and unit from what the log calls it. What needs the whole
 * run (is a bare `loss` the training loss? is `test` the validation set?) is left open as `split: null` or `test`.
 */
export function identifyMetric(key: string): MetricIdentity {
  const known = remembered.get(key);
  if (known) return known;
  const identity = identify(key.length > 200 ? key.slice(0, 200) : key);
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.set(key, identity);
  return identity;
}

/** True when the name is a quality metric, a learning rate or a gradient norm: worth reading out of free text. */
export function isMetricWord(name: string): boolean {
  const identity = identifyMetric(name);
  return identity.direction !== 'none' || identity.name === 'learning_rate' || identity.name === 'grad_norm';
}

/** The split that a single word means (`validation`, `dev`, `Train`), or null. */
export function splitOfWord(word: string): Split | null {
  const match = WHOLE.exec(word);
  return match ? splitOf(match) : null;
}

const WHOLE = new RegExp(`^${ANY}$`, 'i');

function identify(key: string): MetricIdentity {
  const said = own.get(key.trim());
  const guessed = identifyByConvention(key);
  if (!said) return guessed;
  const { name, split, direction } = said;
  return {
    ...guessed,
    name: name ?? guessed.name,
    split: split ?? guessed.split,
    direction: direction ?? guessed.direction,
  };
}

function identifyByConvention(key: string): MetricIdentity {
  const raw = key.trim();
  const fixed = BY_KEY.get(raw);
  if (fixed) return { name: fixed[0], split: fixed[1], direction: 'lower', unit: null };
  const unit = /%|percent|\bpct\b/i.test(raw) ? '%' : null;
  const { rest, split } = takeSplit(raw);
  const plain = rest
    .toLowerCase()
    .replaceAll(/\s+/g, '_')
    .replace(/^(?:the_|with_|epoch[_/])/, '')
    .replace(/[_/](?:step|epoch)$/, '');
  for (const [name, pattern] of CANONICAL) {
    if (pattern.test(plain)) return { name, split, direction: CANONICAL_DIRECTION.get(name) ?? 'none', unit };
  }
  return { name: rest, split, direction: directionOf(rest), unit };
}

const CANONICAL_DIRECTION: ReadonlyMap<string, Direction> = new Map([
  ['loss', 'lower'],
  ['perplexity', 'lower'],
  ['accuracy', 'higher'],
]);

function takeSplit(key: string): { rest: string; split: Split | null } {
  for (const pattern of [PREFIX, CAMEL, SUFFIX, CAMEL_END, SEGMENT]) {
    const match = pattern.exec(key);
    if (!match) continue;
    const rest = key.slice(0, match.index) + key.slice(match.index + match[0].length);
    // A second prefix can follow: `train/train_loss`, `test_coco_eval_bbox` keeps its inner word.
    return {
      rest: rest.replace(PREFIX, (all, ...groups: unknown[]) => (sameSplit(match, groups) ? '' : all)),
      split: splitOf(match),
    };
  }
  return { rest: key, split: null };
}

function splitOf(match: RegExpExecArray): Split {
  // SUFFIX has two alternatives with three groups each.
  if (match[1] !== undefined || match[4] !== undefined) return 'train';
  if (match[2] !== undefined || match[5] !== undefined) return 'val';
  return 'test';
}

function sameSplit(match: RegExpExecArray, groups: readonly unknown[]): boolean {
  const second = groups[0] !== undefined ? 'train' : groups[1] !== undefined ? 'val' : 'test';
  return splitOf(match) === second;
}
