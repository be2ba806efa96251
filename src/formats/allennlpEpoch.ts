import * as l10n from '@vscode/l10n';
import { UNKNOWN, type LogFormat, type PointSink, type Recognition, type Sample } from './format';
import { JsonDocumentParser } from './jsonDocumentParser';
import { readJsonRecord } from './jsonRecord';
import { asRecord, parseLooseJson } from './looseJson';
import { identifyMetric } from './metricName';

/** `metrics_epoch_<N>.json`, of which AllenNLP writes one an epoch: together they are a run. */
export const allennlpEpoch: LogFormat = {
  id: 'allennlp',
  title: 'AllenNLP metrics of an epoch',
  growth: 'rewrite',
  recognise,
  surest: 1,
  createParser: (sink) =>
    new JsonDocumentParser(sink, (document) => {
      const object = asRecord(document);
      if (object) report(sink, object);
      else sink.skip(UNKNOWN, l10n.t('not a JSON object'));
    }),
};

const NAME = /metrics_epoch_\d+\.json$/;
const METRIC = /^(?:training|validation)_/;

function recognise({ path, head }: Sample): Recognition {
  if (!NAME.test(path)) return { confidence: 0, why: l10n.t('not named "metrics_epoch_<N>.json"') };
  const object = asRecord(parseLooseJson(Buffer.from(head).toString('utf8')));
  return object && 'epoch' in object && metricsOf(object).length > 0
    ? { confidence: 1, why: l10n.t('its name, "epoch" and metrics of training or validation') }
    : { confidence: 0, why: l10n.t('named like metrics of AllenNLP, but without them') };
}

/** Best values, durations and memory are no curves. */
function metricsOf(object: Record<string, unknown>): string[] {
  return Object.keys(object).filter((key) => METRIC.test(key) && identifyMetric(key).direction !== 'none');
}

function report(sink: PointSink, object: Record<string, unknown>): void {
  const wanted = new Set(metricsOf(object));
  const { epoch, keys, values } = readJsonRecord(object);
  sink.at(UNKNOWN, epoch, UNKNOWN, UNKNOWN);
  keys.forEach((key, i) => {
    if (wanted.has(key)) sink.value(key, values[i]!);
  });
}
