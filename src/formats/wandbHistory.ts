import { UNKNOWN, type PointSink } from './format';
import { readJsonRecord } from './jsonRecord';
import { asRecord, parseLooseJson } from './looseJson';
import { identifyMetric } from './metricName';
import { countsWithinEpoch } from './positionName';
import { readMessage } from './protobuf';

const SYSTEM = '_step';

/** Reports one row of the history: what a single `wandb.log` gave. */
export function reportHistory(sink: PointSink, bytes: Uint8Array): void {
  const row = readItems(bytes);
  const record = readJsonRecord(row);
  const calls = typeof row[SYSTEM] === 'number' ? row[SYSTEM] : stepOf(bytes);
  // W&B's own step counts the calls of `log`: it is taken where the script logs no step that goes through the run.
  const restarts = countsWithinEpoch(record.stepKey) && !Number.isNaN(record.epoch);
  const step = Number.isNaN(record.step) || restarts ? calls : record.step;
  let placed = false;
  record.keys.forEach((key, i) => {
    if (key.startsWith('_')) return;
    if (!placed) sink.at(step, record.epoch, record.time, UNKNOWN);
    placed = true;
    const told = record.split !== null && identifyMetric(key).direction !== 'none';
    if (told) sink.value(key, record.values[i]!, record.split!);
    else sink.value(key, record.values[i]!);
  });
}

/** The items of a HistoryRecord or ConfigRecord (field 1): key = 1, nested_key = 2, value_json = 16. */
export function readItems(bytes: Uint8Array): Record<string, unknown> {
  const items = Object.create(null) as Record<string, unknown>;
  readMessage(bytes, (field, wire, _value, item) => {
    if (field !== 1 || wire !== 2) return;
    let key = '';
    const nested: string[] = [];
    let json = '';
    readMessage(item, (inner, innerWire, _number, text) => {
      if (innerWire !== 2) return;
      if (inner === 1) key = Buffer.from(text).toString('utf8');
      else if (inner === 2) nested.push(Buffer.from(text).toString('utf8'));
      else if (inner === 16) json = Buffer.from(text).toString('utf8');
    });
    const value = withoutMedia(parseLooseJson(json));
    if (value !== undefined) items[nested.length > 0 ? nested.join('/') : key] = value;
  });
  return items;
}

/** HistoryRecord.step.num, left out when it is 0. */
function stepOf(bytes: Uint8Array): number {
  let step = UNKNOWN;
  readMessage(bytes, (field, wire, _value, inner) => {
    if (field !== 2 || wire !== 2) return;
    step = 0;
    readMessage(inner, (number, innerWire, value) => {
      if (number === 1 && innerWire === 0) step = value;
    });
  });
  return step;
}

/** Images, tables and histograms are objects with a `_type`; the numbers in them are no metrics. */
function withoutMedia(value: unknown): unknown {
  const object = asRecord(value);
  if (!object) return value;
  if ('_type' in object) return undefined;
  return Object.fromEntries(Object.entries(object).map(([key, inner]) => [key, withoutMedia(inner)]));
}
