import { UNKNOWN, type Split } from './format';
import { parseNumber } from './numbers';
import { positionOf, stepRank, wallTime } from './positionName';
import { splitOfWord } from './metricName';

/** What one JSON object of a log says: a position and the numbers at it. */
export interface JsonRecord {
  step: number;
  /** Key that gave the step, empty when none did. */
  stepKey: string;
  epoch: number;
  time: number;
  /** What follows the slash in a step like `10/438`. */
  totalSteps: number;
  /** Split from a `mode`-like field, null when there is none. */
  split: Split | null;
  readonly keys: string[];
  readonly values: number[];
}

const SPLIT_FIELDS = new Set(['split', 'phase', 'mode', 'stage', 'set', 'subset', 'partition']);
/** Objects nested deeper are no metrics. */
const DEEPEST = 6;

/** Flattens an object: nested keys are joined with `/`, one-element arrays are their element, text is dropped unless it is a number. */
export function readJsonRecord(object: Record<string, unknown>): JsonRecord {
  const record: JsonRecord = {
    step: UNKNOWN,
    stepKey: '',
    epoch: UNKNOWN,
    time: UNKNOWN,
    totalSteps: UNKNOWN,
    split: null,
    keys: [],
    values: [],
  };
  flatten(object, '', 0, record);
  return record;
}

function flatten(object: Record<string, unknown>, prefix: string, depth: number, record: JsonRecord): void {
  for (const name in object) {
    let value = object[name];
    const key = prefix === '' ? name : `${prefix}/${name}`;
    if (Array.isArray(value) && value.length === 1) value = (value as unknown[])[0];
    if (typeof value === 'number') field(key, value, record);
    else if (typeof value === 'string') textField(key, value, record);
    else if (typeof value === 'object' && value !== null && !Array.isArray(value) && depth < DEEPEST) {
      // RLlib repeats its settings in each record.
      if (depth === 0 && name === 'config') continue;
      flatten(value as Record<string, unknown>, key, depth + 1, record);
    }
  }
}

function field(key: string, value: number, record: JsonRecord): void {
  const position = positionOf(key);
  if (position === null) {
    record.keys.push(key.trim());
    record.values.push(value);
  } else if (position === 'step') {
    if (record.stepKey !== '' && stepRank(key) > stepRank(record.stepKey)) return;
    record.step = value;
    record.stepKey = key;
  } else if (position === 'epoch') record.epoch = value;
  else {
    const time = wallTime(value);
    if (!Number.isNaN(time)) record.time = time;
  }
}

function textField(key: string, text: string, record: JsonRecord): void {
  const value = parseNumber(text);
  if (value !== undefined) {
    field(key, value, record);
    return;
  }
  if (SPLIT_FIELDS.has(key.toLowerCase())) record.split ??= splitOfWord(text.trim());
  else if (positionOf(key) === 'step') {
    const [current, total] = text.split('/');
    const step = parseNumber(current ?? '');
    if (step === undefined) return;
    field(key, step, record);
    record.totalSteps = parseNumber(total ?? '') ?? UNKNOWN;
  }
}
