import * as l10n from '@vscode/l10n';
import { UNKNOWN, type LogFormat, type PointSink, type Recognition, type Sample } from './format';
import { jsonColumns, type JsonColumn } from './jsonColumns';
import { closeJson, JsonDocumentParser } from './jsonDocumentParser';
import { isCurves, isEpochs } from './jsonHistoryRecognition';
import { JsonRows } from './jsonRows';
import { jsonTables } from './jsonTable';
import { parseLooseJson } from './looseJson';
import { positionOf } from './positionName';

/** A JSON document with curves: Keras' history, Sacred's metrics, a list of epochs. */
export const jsonHistory: LogFormat = {
  id: 'json-history',
  title: 'JSON document of curves',
  growth: 'rewrite',
  recognise,
  surest: 0.8,
  createParser: (sink) => new JsonDocumentParser(sink, (document) => report(sink, document)),
};

/** Most documents are no logs, and are not parsed to learn that: they have no key with such a word. */
const KEY =
  /(?:loss|acc|ppl|perplexity|epoch|return|reward|f1|auc|bleu|map|iou|dice|error)[^"\n]{0,40}"\s*:\s*(?:[[{]|-?[\d.]|NaN|"[-\d])/i;

function recognise({ head, size }: Sample): Recognition {
  const text = Buffer.from(head)
    .toString('utf8')
    .replace(/^\ufeff/, '');
  if (!/^\s*[[{]/.test(text)) return { confidence: 0, why: l10n.t('not a JSON document') };
  if (!KEY.test(text)) return { confidence: 0, why: l10n.t('a JSON document without a metric') };
  const document = size <= head.length ? (parseLooseJson(text) ?? closeJson(text)) : closeJson(text);
  if (document === undefined) return { confidence: 0, why: l10n.t('not a single JSON document') };
  if (jsonTables(document).some(isEpochs)) return { confidence: 0.8, why: l10n.t('a JSON list of epochs') };
  return isCurves(jsonColumns(document))
    ? { confidence: 0.8, why: l10n.t('a JSON document with arrays of metrics') }
    : { confidence: 0, why: l10n.t('a JSON document without curves') };
}

function report(sink: PointSink, document: unknown): void {
  const table = jsonTables(document).find(isEpochs);
  if (!table) {
    reportColumns(sink, jsonColumns(document));
    return;
  }
  const rows = new JsonRows(sink);
  for (const { object, number } of table) {
    const counted = Object.keys(object).some(
      (key) => positionOf(key) === 'step' || positionOf(key) === 'epoch',
    );
    rows.row(counted || number === null ? object : { epoch: number, ...object }, UNKNOWN);
  }
}

function reportColumns(sink: PointSink, columns: readonly JsonColumn[]): void {
  const placed = columns.filter(({ key }) => positionOf(key) !== null);
  const metrics = columns.filter(({ key }) => positionOf(key) === null);
  const longest = Math.max(...metrics.map(({ values }) => values.length));
  const uneven = metrics.some(({ values }) => values.length !== longest);
  for (const { key, values, missing, steps } of metrics) {
    const at = (kind: 'step' | 'epoch'): readonly number[] | undefined =>
      placed.find((one) => positionOf(one.key) === kind && one.values.length === values.length)?.values;
    const [told, epochs] = [steps ?? at('step'), at('epoch')];
    values.forEach((value, i) => {
      if (missing.has(i)) return;
      // Of a value per batch and one per epoch the second are spread evenly over the first.
      const spread = uneven && !epochs ? Math.round(((i + 1) * longest) / values.length) - 1 : UNKNOWN;
      sink.at(told?.[i] ?? spread, epochs?.[i] ?? UNKNOWN, UNKNOWN, UNKNOWN);
      sink.value(key, value);
    });
  }
}
