import { DARKNET_REGION, darknetPlan } from './darknet';
import type { Split } from './format';
import { identifyMetric, splitOfWord } from './metricName';
import type { NamedNumber, Quantity } from './textNumbers';
import { splitIn, useOfName } from './textNames';
import { rangePlace } from './textRange';
import { rankOf, type Rank } from './textRanks';
import { bothSplits, inheritSplit, isSecondOf, metricOfSplit } from './textSplits';

/**
 * What the numbers of a line are: the same for all lines that differ only in their digits.
 * `Source` says where a number is.
 */
export interface TextPlan<Source = Quantity> {
  readonly epoch: Source | null;
  readonly totalEpochs: Source | null;
  readonly count: Source | null;
  readonly totalCount: Source | null;
  readonly isProgress: boolean;
  readonly split: Split | null;
  readonly keys: readonly string[];
  readonly splits: readonly (Split | null)[];
  readonly sources: readonly MetricSource<Source>[];
  readonly rank: Rank<Source> | null;
}

/** Where the value of a key is. */
export interface MetricSource<Source = Quantity> {
  readonly value: Source;
  /** What the value is a share of. */
  readonly of: Source | null;
  /** Stands for the value while that is zero: a running mean that has not begun. */
  readonly instead: Source | null;
}

/** The same plan with other words for where its numbers are. */
export function placePlan<From, To>(plan: TextPlan<From>, place: (source: From) => To): TextPlan<To> {
  const perhaps = (source: From | null): To | null => (source === null ? null : place(source));
  return {
    ...plan,
    epoch: perhaps(plan.epoch),
    totalEpochs: perhaps(plan.totalEpochs),
    count: perhaps(plan.count),
    totalCount: perhaps(plan.totalCount),
    sources: plan.sources.map(({ value, of, instead }) => ({
      value: place(value),
      of: perhaps(of),
      instead: perhaps(instead),
    })),
    rank: plan.rank && { ...plan.rank, quantity: place(plan.rank.quantity) },
  };
}

/** An indented line of Python: some scripts print their own source before they train. */
const ASSIGNMENT = /^(?: {4}|\t)\s*[\w.]+ [-+*/]?= /;
/** `optimizer = dict(type='SGD', lr=0.02)`, `    neg_iou_thr=0.3,`: a config in Python that is printed out. */
const SETTINGS = /\b(?:dict|SGD|RMSprop|Adagrad|Adam\w*)\(\s*\w+\s*=|^\s+\w+=[\w.+-]+,\s*$/;
/** pix2pix and CycleGAN: whatever stands behind the brackets is a loss. */
const LOSSES = /^\(epoch: \d+, iters: \d+, time: [\d.]+, data: [\d.]+\)/;
/** `Time Elapsed: 61.3 s. Mean Reward: 1.2`: what is left of the number before. */
const UNIT_BEFORE = /^(?:s|ms|sec|min|h)\. +/;
const UNDER_WAY = /^(?:evaluating|validating|running|computing)\s/i;
/** A line of pytest: what the test printed is no curve. */
const TEST_RESULT = /::\w+.* (?:PASSED|FAILED|SKIPPED|ERROR|XFAIL|XPASS)\b/;
const MOST_METRICS = 500;

/** Settles what the numbers of a line are; null when none is a metric or a counter. */
export function planOf(text: string, numbers: readonly NamedNumber[]): TextPlan | null {
  if (numbers.length === 0 || ASSIGNMENT.test(text)) return null;
  if (text.includes('=') && SETTINGS.test(text)) return null;
  if (text.length < 500 && text.includes('::') && TEST_RESULT.test(text)) return null;
  if (DARKNET_REGION.test(text)) return null;
  if (text.includes(' avg')) {
    const darknet = darknetPlan(text, numbers);
    if (darknet) return darknet;
  }
  const place = rangePlace(text);
  const areLosses = text.startsWith('(epoch: ') && LOSSES.test(text);
  let epoch = place?.epoch ?? null;
  let totalEpochs = place?.totalEpochs ?? null;
  let count = place?.count ?? null;
  let totalCount: Quantity | null = null;
  let isProgress = count !== null;
  let split: Split | null = null;
  const keys: string[] = [];
  const splits: (Split | null)[] = [];
  const sources: MetricSource[] = [];
  // " *   Acc@1 69.758 Acc@5 89.078" is how the imagenet scripts sum up a validation.
  const isSummary = /^\s*\*\s+\S/.test(text);
  let lineSplit: Split | null = isSummary ? 'val' : (place?.split ?? null);
  let afterEpoch = false;
  // Name of a number that has none of its own: the second of `Loss train/val = 2.5/2.6`.
  let named: string | null = null;
  const metric = (name: string, number: NamedNumber): void => {
    const key = name.replace(UNIT_BEFORE, '');
    if (keys.length === 0) split = lineSplit;
    if (keys.length >= MOST_METRICS) return;
    const identity = identifyMetric(key);
    keys.push(key);
    splits.push(identity.split === null && identity.direction !== 'none' ? lineSplit : null);
    // "Accuracy: 9903/10000 (99%)"
    const of = identity.direction === 'higher' ? number.total : null;
    // timm puts the error behind the accuracy: " * Acc@1 69.8 (30.2)".
    sources.push(
      of === null && !isSummary ? sourceOf(key, number) : { value: number.value, of, instead: null },
    );
  };
  for (const [index, number] of numbers.entries()) {
    if (named !== null) {
      metric(named, number);
      named = null;
      continue;
    }
    const use = useOfName(number.name);
    if (number.lead.length > 2) lineSplit = splitIn(number.lead) ?? lineSplit;
    // "Train: 1/3 ( 33%) [49/323]": the share of the epochs stands between the epoch and the batch.
    if (afterEpoch && number.name === '' && number.percent && !number.inBrackets) continue;
    if (use.split !== null) lineSplit = use.split;
    if (use.kind === 'epoch' || isEpochOfSplit(number, numbers[index + 1])) {
      if (use.kind === 'other') lineSplit = splitOfWord(number.name) ?? lineSplit;
      if (epoch === null && isCount(number)) {
        epoch = number.value;
        totalEpochs = number.total;
        afterEpoch = true;
        continue;
      }
    } else if (
      use.kind === 'step' ||
      isRound(text, number) ||
      (afterEpoch && isBatch(number)) ||
      isBatchOfSplit(number)
    ) {
      if (use.kind === 'other') lineSplit = splitOfWord(number.name) ?? lineSplit;
      if (isCount(number) && (count === null || /^global/i.test(number.name))) {
        count = number.value;
        totalCount = number.total;
        isProgress = use.kind !== 'step' || number.total !== null;
      }
    } else if (use.kind === 'epochs' && totalEpochs === null) {
      totalEpochs = number.value;
    } else if (use.kind === 'metric' && (number.separated || !use.needsSeparator)) {
      // "evaluating HellaSwag: 10/1256" is how far it has got.
      if (number.total !== null && UNDER_WAY.test(number.name)) continue;
      const both = bothSplits(number.name);
      if (!both) metric(number.name, number);
      else if (number.total !== null) {
        metric(both[0], { ...number, total: null });
        metric(both[1], { ...number, value: number.total, total: null });
      } else if (isSecondOf(number, numbers[index + 1], text)) {
        metric(both[0], number);
        named = both[1];
      }
    } else if (areLosses && number.separated && !/^(?:time|data)$/.test(number.name)) {
      metric(number.name, number);
    } else if (use.kind === 'other' && number.name !== '') {
      const key = metricOfSplit(number, keys);
      if (key !== null) metric(key, number);
      else lineSplit = splitIn(number.name) ?? lineSplit;
    }
    afterEpoch = false;
  }
  inheritSplit(keys, splits);
  if (keys.length === 0) split = lineSplit;
  if (keys.length === 0 && epoch === null && count === null && totalEpochs === null) return null;
  return {
    ...{ epoch, totalEpochs, count, totalCount, isProgress, split, keys, splits, sources },
    rank: rankOf(text),
  };
}

function isCount({ value }: NamedNumber): boolean {
  return /^\+?[\d.]/.test(value.text);
}

/** XGBoost, LightGBM and CLU begin a line with the round, `[500]\teval-logloss:0.42`; before it Kaggle has two columns, absl a prefix. */
function isRound(text: string, number: NamedNumber): boolean {
  if (number.name !== '' || !number.inBrackets) return false;
  const round = /^(?:[\d.]+s \| \d+ \| |[IWEF]\d{4} [^\]]{0,100}\] )?\s*\[\d+\]\s+\S/.exec(text);
  return round !== null && number.value.start < round[0].length;
}

/** A running mean in brackets rather than the value of the batch. Behind a mean, or with a sign of its own, it is the change since the last. */
function sourceOf(key: string, { value, average }: NamedNumber): MetricSource {
  const isChange =
    average === null || /^(?:avg|average|mean)[ _]/i.test(key) || isNegative(average) !== isNegative(value);
  return { value: isChange ? value : average, of: null, instead: isChange ? null : value };
}

function isNegative({ text }: Quantity): boolean {
  return text.startsWith('-');
}

/** timm and OpenPCDet name the split where others say "epoch": `Train: 2 [3150/5004 ( 63%)]`, `Train: 1/3 (33%) [49/323]`. */
function isEpochOfSplit(number: NamedNumber, next: NamedNumber | undefined): boolean {
  if (next === undefined || next.name !== '' || splitOfWord(number.name) === null) return false;
  // "TRAIN [0][10/3416]"
  if (number.inBrackets) return number.total === null && next.inBrackets && next.total !== null;
  return number.separated && (next.inBrackets || next.percent);
}

/** `Epoch: [0][ 10/391]`, `Train: 2 [3150/5004 ( 63%)]`, `Epoch 1 complete [10%]`: what follows the epoch in brackets counts within it. */
function isBatch(number: NamedNumber): boolean {
  if (number.inBrackets && number.percent) return true;
  return number.name === '' && (number.inBrackets || number.total !== null) && number.lead.length < 8;
}

/** `Test: [ 10/196]` */
function isBatchOfSplit(number: NamedNumber): boolean {
  return number.inBrackets && number.total !== null && splitOfWord(number.name) !== null;
}
