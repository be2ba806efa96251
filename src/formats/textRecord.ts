import { UNKNOWN, type Split } from './format';
import { identifyMetric, splitOfWord } from './metricName';
import { namedNumbers, type NamedNumber } from './textNumbers';
import { splitIn, useOfName } from './textNames';

/** What one line of text says: a position, and the metrics at it. */
export interface TextRecord {
  epoch: number;
  totalEpochs: number;
  /** A step, or a count within the epoch; which of the two only the run tells. */
  count: number;
  /** What the count runs to, where the line prints it. */
  totalCount: number;
  /** The count is a progress within something (`[ 10/391]`), not a number of its own. */
  isProgress: boolean;
  /** Split that the line names outside of its metrics' names, at the place of its first metric. */
  split: Split | null;
  readonly keys: string[];
  readonly values: number[];
  /** Split of each value where its key does not tell it. */
  readonly splits: (Split | null)[];
}

/** An empty record. */
export function emptyRecord(): TextRecord {
  return {
    epoch: UNKNOWN,
    totalEpochs: UNKNOWN,
    count: UNKNOWN,
    totalCount: UNKNOWN,
    isProgress: false,
    split: null,
    keys: [],
    values: [],
    splits: [],
  };
}

/** An indented line of Python: some scripts print their own source before they train. */
const ASSIGNMENT = /^(?: {4}|\t)\s*[\w.]+ [-+*/]?= /;

/** Reads `name: value` and `name value` pairs and counters; null when the line has neither a metric nor a counter. */
export function readPairs(text: string): TextRecord | null {
  if (ASSIGNMENT.test(text)) return null;
  const numbers = namedNumbers(text);
  if (numbers.length === 0) return null;
  const record = emptyRecord();
  // " *   Acc@1 69.758 Acc@5 89.078" is how the imagenet scripts sum up a validation.
  let lineSplit: Split | null = /^\s*\*\s+\S/.test(text) ? 'val' : null;
  let found = false;
  let afterEpoch = false;
  for (const [index, number] of numbers.entries()) {
    const use = useOfName(number.name);
    if (number.lead.length > 2) lineSplit = splitIn(number.lead) ?? lineSplit;
    if (use.split !== null) lineSplit = use.split;
    if (use.kind === 'epoch' || isEpochOfSplit(number, numbers[index + 1])) {
      if (use.kind === 'other') lineSplit = splitOfWord(number.name) ?? lineSplit;
      if (Number.isNaN(record.epoch) && number.value >= 0) {
        record.epoch = number.value;
        record.totalEpochs = number.total;
        found = afterEpoch = true;
        continue;
      }
    } else if (
      use.kind === 'step' ||
      (index === 0 && isRound(text, number)) ||
      (afterEpoch && isBatch(number)) ||
      isBatchOfSplit(number)
    ) {
      if (use.kind === 'other') lineSplit = splitOfWord(number.name) ?? lineSplit;
      if (number.value >= 0 && (Number.isNaN(record.count) || /^global/i.test(number.name))) {
        record.count = number.value;
        record.totalCount = number.total;
        record.isProgress = use.kind !== 'step' || !Number.isNaN(number.total);
        found = true;
      }
    } else if (use.kind === 'epochs' && Number.isNaN(record.totalEpochs)) {
      record.totalEpochs = number.value;
    } else if (use.kind === 'metric' && (number.separated || !use.needsSeparator)) {
      if (record.keys.length === 0) record.split = lineSplit;
      addMetric(record, number, lineSplit);
      found = true;
    } else if (use.kind === 'other' && number.name !== '') lineSplit = splitIn(number.name) ?? lineSplit;
    afterEpoch = false;
  }
  if (record.keys.length === 0) record.split = lineSplit;
  return found || !Number.isNaN(record.totalEpochs) ? record : null;
}

function addMetric(record: TextRecord, number: NamedNumber, lineSplit: Split | null): void {
  if (record.keys.length >= 500) return;
  const identity = identifyMetric(number.name);
  let value = Number.isNaN(number.average) ? number.value : number.average;
  // "Accuracy: 9903/10000 (99%)"
  if (!Number.isNaN(number.total) && number.total > 0 && identity.direction === 'higher')
    value = number.value / number.total;
  record.keys.push(number.name);
  record.values.push(value);
  record.splits.push(identity.split === null && identity.direction !== 'none' ? lineSplit : null);
}

/** XGBoost and LightGBM begin a line with the round: `[500]\teval-logloss:0.42`. */
function isRound(text: string, number: NamedNumber): boolean {
  return number.name === '' && number.inBrackets && /^\s*\[\d+\]\s+\S/.test(text);
}

/** timm and OpenPCDet name the split where others say "epoch": `Train: 2 [3150/5004 ( 63%)]`, `Train: 1/3 (33%) [49/323]`. */
function isEpochOfSplit(number: NamedNumber, next: NamedNumber | undefined): boolean {
  if (!number.separated || number.inBrackets || splitOfWord(number.name) === null) return false;
  return next !== undefined && next.name === '' && (next.inBrackets || next.percent);
}

/** `Epoch: [0][ 10/391]`, `Train: 2 [3150/5004 ( 63%)]`: what follows the epoch in brackets counts within it. */
function isBatch(number: NamedNumber): boolean {
  return number.name === '' && (number.inBrackets || !Number.isNaN(number.total)) && number.lead.length < 8;
}

/** `Test: [ 10/196]` */
function isBatchOfSplit(number: NamedNumber): boolean {
  return number.inBrackets && !Number.isNaN(number.total) && splitOfWord(number.name) !== null;
}
