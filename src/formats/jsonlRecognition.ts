import * as l10n from '@vscode/l10n';
import type { Recognition, Sample } from './format';
import { readJsonRecord } from './jsonRecord';
import { asRecord, parseLooseJson } from './looseJson';
import { identifyMetric } from './metricName';
import { headLines, isMostlyRising } from './sampleLines';

/** Recognises JSON lines of which at least two carry a quality metric, and whose step or epoch counts upwards. */
export function recogniseJsonl(sample: Sample): Recognition {
  const lines = headLines(sample, 120);
  const steps: number[] = [];
  const epochs: number[] = [];
  let objects = 0;
  let withMetric = 0;
  let strong = false;
  let example = '';
  for (const line of lines) {
    if (!line.trimStart().startsWith('{')) continue;
    const object = asRecord(parseLooseJson(line));
    if (!object) continue;
    objects++;
    const record = readJsonRecord(object);
    const metric = record.keys.find((key) => identifyMetric(key).direction !== 'none');
    if (metric === undefined) continue;
    withMetric++;
    example ||= metric;
    strong ||=
      ['loss', 'accuracy', 'perplexity'].includes(identifyMetric(metric).name) || /loss/i.test(metric);
    if (!Number.isNaN(record.step)) steps.push(record.step);
    if (!Number.isNaN(record.epoch)) epochs.push(record.epoch);
  }
  if (objects === 0) return { confidence: 0, why: l10n.t('no line is a JSON object') };
  if (objects * 2 < lines.length) return { confidence: 0, why: l10n.t('most lines are no JSON objects') };
  if (withMetric < 2)
    return { confidence: 0, why: l10n.t('{0} of {1} JSON lines hold a metric', withMetric, objects) };
  const counts = isMostlyRising(epochs) || isMostlyRising(steps);
  if (!counts && !(strong && new Set(steps).size + new Set(epochs).size <= 1)) {
    return { confidence: 0, why: l10n.t('no step or epoch counts upwards') };
  }
  return { confidence: counts ? 0.98 : 0.75, why: l10n.t('JSON lines with {0}', JSON.stringify(example)) };
}
