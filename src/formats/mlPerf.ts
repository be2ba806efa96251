import { identifyMetric } from './metricName';
import { EMPTY, type TextRecord } from './textRecord';

const MARK = ':::MLP';
const OLD = /:::MLP\S* .*?\s(\w+): (\{.*\}|[-+\w.]+)\s*$/;
const NEW = /:::MLLOG (\{.*\})\s*$/;
/** What a line may say of where the run is. */
const EPOCH = /^(train_epoch|epoch_num|eval_epoch)$/;

/** Whether a line is one of the MLPerf logging library. */
export function isMlPerf(text: string): boolean {
  return text.includes(MARK) || text.includes(':::MLLOG');
}

/** Reads `:::MLPv0.5.0 resnet 1541.0 (a.py:49) eval_accuracy: {"epoch": 2, "value": 0.25}` and `:::MLLOG {…}`; null for lines without a metric or an epoch. */
export function readMlPerf(text: string): TextRecord | null {
  if (text.length > 4000) return null;
  const recent = NEW.exec(text);
  const old = recent ? null : OLD.exec(text);
  const said = recent ? parsed(recent[1]!) : old ? parsed(old[2]!) : undefined;
  if (said === undefined) return null;
  const { key, value, epoch, iteration } = recent ? ofRecent(said) : ofOld(old![1]!, said);
  if (value === null) return null;
  if (EPOCH.test(key)) return { ...EMPTY, epoch: value };
  const { direction, name } = identifyMetric(key);
  if (direction === 'none' && name !== 'learning_rate') return null;
  const place = { epoch: epoch ?? EMPTY.epoch, count: iteration ?? EMPTY.count };
  return { ...EMPTY, ...place, keys: [key], values: [value], splits: [null] };
}

interface Said {
  key: string;
  value: number | null;
  epoch: number | null;
  iteration: number | null;
}

function ofOld(key: string, said: unknown): Said {
  if (!isObject(said)) return { key, value: numberOf(said), epoch: null, iteration: null };
  return {
    key,
    value: numberOf(said.value),
    epoch: numberOf(said.epoch),
    iteration: numberOf(said.iteration),
  };
}

function ofRecent(said: unknown): Said {
  const { key, value, metadata } = isObject(said) ? said : {};
  const { epoch_num: epoch, step_num: step } = isObject(metadata) ? metadata : {};
  return { key: String(key), value: numberOf(value), epoch: numberOf(epoch), iteration: numberOf(step) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
