import * as l10n from '@vscode/l10n';
import { findColumns, type Columns } from './csvColumns';
import { readHeader, splitCells } from './delimited';
import type { Recognition, Sample } from './format';
import { identifyMetric, isMetricWord } from './metricName';
import { parseNumber } from './numbers';
import { headLines, isMostlyRising } from './sampleLines';

/** File names that frameworks give their metric tables. */
const KNOWN_NAMES =
  /(?:^|\/)(?:metrics|results|progress|history|log|training|train_log|learn_error|test_error)\.(?:csv|tsv|log|txt)$/i;

/** Names that say "training curve" even in a table without an x column; `score` or `recall` alone would not. */
const STRONG = new Set(['loss', 'accuracy', 'perplexity']);

/**
 * Recognises a table of training metrics: a header with a metric, numbers under it in at least two rows, and a
 * column that counts upwards. Data sets and tables of final results have the first two only.
 */
export function recogniseCsv(sample: Sample): Recognition {
  const lines = headLines(sample, 60);
  const start = lines.findIndex((line) => readHeader(line) !== undefined);
  if (start < 0) return no(l10n.t('no header line with a metric or a step column'));
  const header = readHeader(lines[start]!)!;
  const rows = lines
    .slice(start + 1)
    .map((line) => splitCells(line, header.delimiter))
    .filter((cells) => cells.length === header.names.length);
  if (rows.length === 1 && isFirstRow(sample.path, header.names, rows[0]!))
    return {
      confidence: 0.6,
      why: l10n.t('the first row below a header with a loss, an epoch and a known name'),
    };
  if (rows.length === 0) return no(l10n.t('no row under the header'));
  if (rows.length === 1) return no(l10n.t('only one row under the header'));
  if (rows.length < (lines.length - start - 1) / 2)
    return no(l10n.t('most lines have another number of cells than the header'));
  const columns = findColumns(header.names, rows.slice(0, 8));
  const paired = pairedNames(header.names);
  const metrics = columns.values.filter(
    ({ index, key }) =>
      (isMetricWord(key) || paired.has(key)) && rows.filter((cells) => isNumber(cells[index]!)).length >= 2,
  );
  if (!metrics.some(({ key }) => paired.has(key) || identifyMetric(key).direction !== 'none'))
    return no(l10n.t('no metric column with numbers'));
  const strong = metrics.some(
    ({ key }) => paired.has(key) || STRONG.has(identifyMetric(key).name) || /loss/i.test(key),
  );
  const x = columns.step >= 0 ? columns.step : columns.epoch;
  if (x < 0) {
    const all = header.names.every((name) => isMetricWord(name));
    if (!strong || !all) return no(l10n.t('no step or epoch column, and not every column is a metric'));
  } else {
    const values = rows
      .map((cells) => parseNumber(cells[x]!) ?? Number.NaN)
      .filter((value) => !Number.isNaN(value));
    if (values.length < 2 || !isMostlyRising(values))
      return no(l10n.t('column "{0}" does not count upwards', header.names[x]!));
    if (!strong && !namedPosition(columns, header.names))
      return no(l10n.t('a data set rather than a training curve'));
  }
  const named = KNOWN_NAMES.test(sample.path) ? 0.05 : 0;
  return {
    confidence: (header.delimiter === 'blanks' ? 0.7 : 0.9) + named,
    why:
      x < 0
        ? l10n.t('header has {0}', JSON.stringify(metrics[0]!.key))
        : l10n.t('header has {0} and {1}', JSON.stringify(header.names[x]), JSON.stringify(metrics[0]!.key)),
  };
}

/** What is measured in training and in validation is a metric, whatever it is called: `train_mpjpe` beside `val_mpjpe`. */
function pairedNames(names: readonly string[]): ReadonlySet<string> {
  const of = (wanted: string): Map<string, string> =>
    new Map(
      names
        .map((key) => [key, identifyMetric(key)] as const)
        .flatMap(([key, { name, split }]) => (split === wanted ? [[name, key]] : [])),
    );
  const [train, val] = [of('train'), of('val')];
  return new Set([...train].flatMap(([name, key]) => (val.has(name) ? [key, val.get(name)!] : [])));
}

/** A table that a framework has just begun: its name and its columns leave nothing else. */
function isFirstRow(path: string, names: readonly string[], cells: readonly string[]): boolean {
  const { epoch, step } = findColumns(names, []);
  const isCounted = KNOWN_NAMES.test(path) ? epoch >= 0 : epoch >= 0 && step >= 0;
  return isCounted && names.some((name, index) => /loss/i.test(name) && isNumber(cells[index]!));
}

function namedPosition(columns: Columns, names: readonly string[]): boolean {
  const byName = findColumns(names, []);
  return byName.step === columns.step && byName.epoch === columns.epoch;
}

function isNumber(cell: string): boolean {
  return parseNumber(cell) !== undefined;
}

function no(why: string): Recognition {
  return { confidence: 0, why };
}
