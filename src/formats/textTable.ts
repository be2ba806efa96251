import { isMetricWord } from './metricName';
import { parseNumber } from './numbers';
import { positionOf } from './positionName';
import { EMPTY, type TextRecord } from './textRecord';

/** The header of a table in plain text; rows follow it with the same number of cells. */
export interface TextTable {
  readonly names: readonly string[];
  /** Cells are framed with `|`, else set apart by tabs or at least two blanks. */
  readonly framed: boolean;
}

/** Reads `| Epoch | Train Loss | Val Loss |` or `epoch   train_loss   valid_loss`; null for other lines. */
export function readTableHeader(text: string): TextTable | null {
  // Pairs are not a header, and most lines of a log are pairs.
  if (text.length > 1000 || text.includes(':') || text.includes('=')) return null;
  const framed = isFramed(text);
  if (!framed && !text.includes('\t') && !text.includes('  ')) return null;
  const names = splitTable(text, framed);
  if (names.length < 3 || names.length > 60) return null;
  if (names.some((name) => name === '' || name.length > 40 || !/^[\p{L}#]/u.test(name) || /[:=]/.test(name)))
    return null;
  if (!names.some((name) => isMetricWord(name))) return null;
  return names.some((name) => counterOf(name) !== null) ? { names, framed } : null;
}

/** Reads a row under the header; null when it has another number of cells or hardly any numbers. */
export function readTableRow(text: string, table: TextTable): TextRecord | null {
  if (isFramed(text) !== table.framed || text.length > 2000) return null;
  let cells = splitTable(text, table.framed);
  // Aligned numbers may stand only one blank apart.
  if (cells.length !== table.names.length && !table.framed) cells = text.trim().split(/\s+/);
  if (cells.length !== table.names.length) return null;
  const record = { ...EMPTY, keys: [] as string[], values: [] as number[] };
  for (const [index, cell] of cells.entries()) {
    const name = table.names[index]!;
    const counter = counterOf(name);
    const value = parseNumber(counter ? (cell.split('/')[0] ?? '') : cell.replace(/%$/, ''));
    if (counter && value === undefined) return null;
    if (value === undefined) continue;
    if (counter === 'epoch') record.epoch = value;
    else if (counter === 'step') record.count = value;
    else {
      record.keys.push(name);
      record.values.push(value);
    }
  }
  return record.keys.length > 0 ? { ...record, splits: record.keys.map(() => null) } : null;
}

function counterOf(name: string): 'epoch' | 'step' | null {
  if (name === '#') return 'step';
  const position = positionOf(name);
  return position === 'time' ? null : position;
}

function isFramed(text: string): boolean {
  const first = text.indexOf('|');
  return first >= 0 && text.indexOf('|', first + 1) > 0;
}

function splitTable(text: string, framed: boolean): string[] {
  if (!framed) return text.trim().split(/\t[\t ]*|\s{2,}/);
  const cells = text.split('|').map((cell) => cell.trim());
  if (cells[0] === '') cells.shift();
  if (cells.at(-1) === '') cells.pop();
  return cells;
}
