import { readJsonRecord, type JsonRecord } from './jsonRecord';
import { asRecord, parseLooseJson } from './looseJson';
import { identifyMetric, isMetricWord } from './metricName';
import { splitIn } from './textNames';
import { LONGEST_SCANNED } from './charCodes';
import { dropTrainerNoise } from './trainerNoise';

/** `'key': 'text'` or `'key': word`; the classes are disjoint, so matching is linear. */
const MEMBER = /'((?:[^'\\]|\\.)*)'\s*:\s*(?:'([^'\\]*)'|"([^"\\]*)"|([^,{}[\]'"]+))/g;

/**
 * A number that prints its own type: `np.float64(0.52)`, `tensor(0.52` of `tensor(0.52, device='cuda:0')`. White space around it is
 * cut off afterwards: matched here, the time would grow with its third power.
 */
const WRAPPED = /^(?:[a-z]+\.)?(?:tensor|Tensor|Array|array|(?:float|u?int)\d+)\(([^()]*)\)?$/;

/** What a config holds and a record of metrics does not: switches, nothing, further dictionaries. */
const SETTING = /['"]\s*:\s*(?:None|True|False|\{)/g;
const SETTINGS = 3;

/** Whether a line holds the config of a run as Python prints it: its numbers are no points. */
export function isPrintedConfig(text: string): boolean {
  if (!text.includes("{'") || text.length > LONGEST_SCANNED) return false;
  let found = 0;
  SETTING.lastIndex = 0;
  while (found < SETTINGS && SETTING.test(text)) found++;
  return found >= SETTINGS;
}

/**
 * Reads the Python dict or JSON object that a line ends in or consists of: Hugging Face prints one a line, often
 * behind a progress bar; fairseq's JSON follows a log prefix. Null when there is none, or none with a metric.
 */
export function readDictLine(text: string): JsonRecord | null {
  const python = text.indexOf("{'");
  const start = python >= 0 ? python : text.indexOf('{"');
  const end = text.lastIndexOf('}');
  if (start < 0 || end < start || end - start > LONGEST_SCANNED) return null;
  const body = text.slice(start, end + 1);
  const object = python >= 0 ? readPython(body) : asRecord(parseLooseJson(body));
  if (!object) return null;
  const record = readJsonRecord(object);
  if ('train_runtime' in object) {
    // The last line sums up the run: its train_loss is a mean over all steps, not a point of the curve.
    record.keys.length = record.values.length = 0;
    return record;
  }
  dropTrainerNoise(record);
  if (!record.keys.some((key) => isMetricWord(key))) return null;
  record.split ??= splitIn(text.slice(0, start)) ?? (isTrainerStep(record.keys) ? 'train' : null);
  return record;
}

/** A Trainer's own line: only training steps have a learning rate, and their loss carries no prefix. */
function isTrainerStep(keys: readonly string[]): boolean {
  return keys.includes('loss') && keys.some((key) => identifyMetric(key).name === 'learning_rate');
}

function readPython(body: string): Record<string, unknown> | undefined {
  const object: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  let members = 0;
  for (const [, key, single, double, bare] of body.matchAll(MEMBER)) {
    const word = bare?.trim();
    object[key!] = single ?? double ?? WRAPPED.exec(word!)?.[1]?.trim() ?? word;
    members++;
  }
  return members > 0 ? object : undefined;
}
