import * as l10n from '@vscode/l10n';
import type { PointSink, Recognition, Sample } from './format';
import { isJsonDocument } from './jsonDocument';
import { LineParser } from './lineParser';
import { FirstPlace } from './firstPlace';
import { identifyMetric, isMetricWord } from './metricName';
import { headLines, isMostlyRising } from './sampleLines';
import { TextLines } from './textLines';
import { readTableHeader } from './textTable';

/** As much of each end of the file is looked at to see whether it has curves. */
const TRIED = 64 * 1024;
/** Both ends are read by turns in pieces of this size, until a curve is long enough. */
const PIECE = 8 * 1024;
/** A curve of so many points leaves no doubt. */
const LONG_ENOUGH = 20;
/** Rows of a table that are looked at. */
const TABLE_ROWS = 20;
/** Confidence in a long curve over a counter; a table or a JSON file can be surer. */
export const SUREST_TEXT = 0.79;

/** Recognises text by parsing both its ends: it is a log when a metric has at least two values at rising positions. */
export function recogniseText(sample: Sample): Recognition {
  if (isBinary(sample.head)) return { confidence: 0, why: l10n.t('binary') };
  if (isJsonDocument(sample)) return { confidence: 0, why: l10n.t('one JSON document, not a log') };
  if (isOtherTable(sample))
    return { confidence: 0, why: l10n.t('a table without columns of a step and a metric') };
  const curves = new Curves();
  const rest = sample.tail.length > 0 ? sample.tail : sample.head.subarray(TRIED);
  const parts = [sample.head.subarray(0, TRIED), rest.subarray(Math.max(0, rest.length - TRIED))].map(
    (bytes, index) => {
      const sink = curves.part(index);
      return { bytes, parser: new LineParser(new TextLines(sink), sink) };
    },
  );
  for (let start = 0; start < TRIED; start += PIECE) {
    for (const { bytes, parser } of parts) {
      if (start >= bytes.length) continue;
      parser.push(bytes.subarray(start, start + PIECE));
      if (start + PIECE >= bytes.length) parser.end();
      if (curves.longest >= LONG_ENOUGH) {
        const judged = curves.judge();
        if (judged.confidence >= SUREST_TEXT) return judged;
      }
    }
  }
  return curves.judge();
}

/** Mostly control characters, or NULs that are not those of UTF-16. */
function isBinary(bytes: Uint8Array): boolean {
  const looked = Math.min(bytes.length, 1024);
  let control = 0;
  let nul = 0;
  for (let i = 0; i < looked; i++) {
    const byte = bytes[i]!;
    if (byte === 0) nul++;
    else if (
      byte < 32 &&
      byte !== 9 &&
      byte !== 10 &&
      byte !== 13 &&
      byte !== 27 &&
      byte !== 8 &&
      byte !== 12
    )
      control++;
  }
  return control > looked * 0.05 && nul < looked * 0.4;
}

/** A table with a header that names no curve: what its cells say is no log, whatever numbers they hold. */
function isOtherTable(sample: Sample): boolean {
  const [header = '', ...rows] = headLines(sample, TABLE_ROWS);
  const columns = header.split('\t').length;
  if (columns < 3 || rows.length < 3 || /[\d:=]/.test(header) || readTableHeader(header)) return false;
  return rows.every((row) => row.split('\t').length === columns);
}

/** What CatBoost calls its metric in plain text: by the split alone. */
const CATBOOST: ReadonlySet<string> = new Set(['learn', 'test']);

/** Collects how long each metric's curve would be, and the positions of its points. */
class Curves {
  /** Values of the metric that has most. */
  longest = 0;
  private readonly positions = new Map<string, number[]>();
  private readonly first = new FirstPlace();
  /** The first value of each metric, until another one comes. */
  private readonly constant = new Map<string, number>();

  /** Gathers the points of one part of the file. */
  part(index: number): PointSink {
    let position = Number.NaN;
    const nothing = (): void => undefined;
    return {
      at: (step, epoch) => void (position = Number.isNaN(step) ? epoch : step),
      value: (key, value) => {
        this.first.note(key, position);
        if (!(isMetricWord(key) || CATBOOST.has(key)) || isCut(key)) return;
        this.add(`${index} ${key}`, position, value);
      },
      skip: nothing,
      context: nothing,
      ended: nothing,
    };
  }

  private add(id: string, position: number, value: number): void {
    let positions = this.positions.get(id);
    if (!positions) {
      this.positions.set(id, (positions = []));
      this.constant.set(id, value);
    } else if (this.constant.has(id) && !Object.is(this.constant.get(id), value)) this.constant.delete(id);
    positions.push(position);
    this.longest = Math.max(this.longest, positions.length);
  }

  judge(): Recognition {
    let longest = 0;
    let name = '';
    let counted = false;
    for (const [id, positions] of this.positions) {
      if (positions.length < 2) continue;
      const known = positions.filter((position) => !Number.isNaN(position));
      const rising = known.length >= 2 && (isMostlyRising(known) || new Set(known).size === 1);
      if (known.length >= 2 && !rising) continue;
      // The learning rate and the gradient norm of a log whose loss is gone are a curve all the same, if a long one.
      if (!isQuality(id.slice(id.indexOf(' ') + 1)) && !(rising && positions.length > 2)) continue;
      // The same whole number each time, without a counter beside it, is the outcome of something else.
      if (!rising && Number.isInteger(this.constant.get(id))) continue;
      if (positions.length < longest || (positions.length === longest && !/loss|acc/i.test(id))) continue;
      longest = positions.length;
      name = id.slice(id.indexOf(' ') + 1);
      counted = rising;
    }
    if (longest < 2) return this.first.judge();
    // Without an epoch or a step beside them, a few numbers may be anything, and a score is often no metric.
    const { name: metric } = identifyMetric(name);
    const strong =
      metric === 'loss' || metric === 'accuracy' || metric === 'perplexity' || /loss/i.test(metric);
    if (!counted && (longest < 3 || !strong))
      return {
        confidence: 0,
        why: l10n.t('only {0} values of {1}, without epoch or step', longest, JSON.stringify(name)),
      };
    return {
      confidence: counted ? Math.min(SUREST_TEXT, 0.6 + longest / (5 * LONG_ENOUGH)) : 0.5,
      why: l10n.t('{0} values of {1} in the text', longest, JSON.stringify(name)),
    };
  }
}

function isQuality(key: string): boolean {
  return identifyMetric(key).direction !== 'none';
}

/** A quote that is not closed: the name was cut out of a message. */
function isCut(key: string): boolean {
  return key.split('"').length % 2 === 0;
}
