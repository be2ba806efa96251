import type { JsonColumn } from './jsonColumns';
import type { JsonRow } from './jsonTable';
import { readJsonRecord } from './jsonRecord';
import { identifyMetric, splitOfWord } from './metricName';
import { positionOf } from './positionName';
import { isMostlyRising } from './sampleLines';

/**
 * Whether arrays of numbers are curves. Results of a cross-validation, points of a ROC curve and tables of models are
 * arrays of metrics, too: curves have a loss, a position, or the same metric on two splits.
 */
export function isCurves(columns: readonly JsonColumn[]): boolean {
  // Sacred's file just begun: each metric with the steps that it was measured at.
  const begun = columns.filter(({ steps, values }) => steps?.length === 1 && values.length === 1);
  if (begun.filter(({ key }) => identifyMetric(key).direction !== 'none').length >= 2) return true;
  const metrics = columns.filter(
    ({ key, values }) =>
      positionOf(key) === null && values.length > 1 && identifyMetric(key).direction !== 'none',
  );
  if (metrics.length === 0) return false;
  const steps = columns.flatMap((column) => (column.steps ? [column.steps] : []));
  const positions = columns.filter(({ key }) => positionOf(key) === 'step' || positionOf(key) === 'epoch');
  if ([...steps, ...positions.map(({ values }) => values)].some(isMostlyRising)) return true;
  if (metrics.some(({ key }) => /loss/i.test(key))) return true;
  const [validated, others] = [true, false].map((kind) =>
    metrics.map(({ key }) => identifyMetric(key)).filter(({ split }) => (split === 'val') === kind),
  );
  return validated!.some(({ name }) => others!.some((other) => other.name === name));
}

/** Rows that are looked at. */
const ROWS = 60;

/** Whether objects are the epochs of a run: they hold a metric, and count upwards or have a loss and nothing but numbers. */
export function isEpochs(rows: readonly JsonRow[]): boolean {
  if (rows.length < 2) return false;
  const seen = rows.slice(0, ROWS);
  const records = seen.map(({ object }) => readJsonRecord(object));
  const withMetric = records.filter(({ keys }) =>
    keys.some((key) => identifyMetric(key).direction !== 'none'),
  );
  if (withMetric.length < 2 || withMetric.length * 2 < seen.length) return false;
  const counts = [
    records.map(({ step }) => step),
    records.map(({ epoch }) => epoch),
    seen.map(({ number }) => number ?? Number.NaN),
  ];
  if (counts.some((values) => isMostlyRising(values.filter((value) => !Number.isNaN(value))))) return true;
  const named = seen.some(({ object }) =>
    Object.values(object).some((value) => typeof value === 'string' && splitOfWord(value) === null),
  );
  return !named && withMetric.every(({ keys }) => keys.some((key) => /loss/i.test(key)));
}
