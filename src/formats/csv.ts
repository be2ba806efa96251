import * as l10n from '@vscode/l10n';
import { findColumns, namesPosition, type Columns } from './csvColumns';
import { CsvRow } from './csvRow';
import { recogniseCsv } from './csvRecognition';
import { readHeader, splitCells, type Header } from './delimited';
import { UNKNOWN, type LogFormat, type PointSink } from './format';
import { LineParser, type LineHandler } from './lineParser';
import { parseNumber } from './numbers';
import { wallTime } from './positionName';

/** Rows that are held back to find the x column of a header that names none. */
const ROWS_TO_JUDGE = 8;
/** Lines before the header that are looked through: comments, banners, a shell prompt. */
const LINES_BEFORE_HEADER = 50;

/** Delimited tables with a header, among them Lightning, Keras, Ultralytics, CatBoost and stable-baselines3. */
export const csv: LogFormat = {
  id: 'csv',
  title: 'CSV or TSV with a header',
  growth: 'append',
  recognise: recogniseCsv,
  surest: 0.95,
  createParser: (sink) => new LineParser(new CsvLines(sink), sink),
};

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

class CsvLines implements LineHandler {
  private header: Header | null = null;
  private headerText = '';
  private columns: Columns | null = null;
  private waiting: Row[] = [];
  private linesBefore = 0;
  private readonly numericRow = new CsvRow();

  constructor(private readonly sink: PointSink) {}

  copy(sink: PointSink): LineHandler {
    return Object.assign(new CsvLines(sink), { ...this, sink, waiting: [...this.waiting] });
  }

  end(): void {
    this.judge();
  }

  /** Nearly all rows are numbers and empty cells: these need no strings. */
  bytes(bytes: Uint8Array, start: number, end: number, line: number): boolean {
    const { header, columns, numericRow } = this;
    if (header === null || columns === null || header.delimiter === 'blanks' || start === end) return false;
    // Among tabs a row of empty cells is a blank line.
    if (header.delimiter === '\t' && bytes[start]! <= 0x20) return false;
    const delimiter = header.delimiter.charCodeAt(0);
    if (!numericRow.read(bytes, start, end, delimiter, header.names.length)) return false;
    const { numbers, filled } = numericRow;
    const time = columns.time < 0 ? UNKNOWN : wallTime(numbers[columns.time]!);
    const at = (index: number): number => (index < 0 ? UNKNOWN : numbers[index]!);
    this.sink.at(at(columns.step), at(columns.epoch), time, line);
    for (const { index, key } of columns.values) {
      if (filled[index] === 0 || (index === columns.time && !Number.isNaN(time))) continue;
      this.sink.value(key, numbers[index]!);
    }
    return true;
  }

  line(text: string, line: number): void {
    if (text === '' || text.trim() === '') return;
    if (this.header === null) {
      if (this.linesBefore++ < LINES_BEFORE_HEADER) this.startTable(text);
      return;
    }
    if (text === this.headerText) return;
    const cells = splitCells(text, this.header.delimiter);
    if (cells.length !== this.header.names.length) {
      if (looksLikeHeader(cells) && this.startTable(text)) return;
      this.sink.skip(line, l10n.t('{0} cells under a header of {1}', cells.length, this.header.names.length));
    } else if (looksLikeHeader(cells) && this.startTable(text)) return;
    else if (this.columns) this.row({ line, cells }, this.columns);
    else this.wait({ line, cells });
  }

  private startTable(text: string): boolean {
    const header = readHeader(text);
    if (!header) return false;
    this.judge();
    this.header = header;
    this.headerText = text;
    this.columns = namesPosition(header.names) ? findColumns(header.names, []) : null;
    return true;
  }

  private wait(row: Row): void {
    this.waiting.push(row);
    if (this.waiting.length >= ROWS_TO_JUDGE) this.judge();
  }

  /** Settles the columns with the rows that were held back, and reports those rows. */
  private judge(): void {
    if (this.header === null || this.waiting.length === 0) return;
    const rows = this.waiting;
    this.waiting = [];
    this.columns = findColumns(
      this.header.names,
      rows.map((row) => row.cells),
    );
    for (const row of rows) this.row(row, this.columns);
  }

  private row({ line, cells }: Row, columns: Columns): void {
    const time = columns.time < 0 ? UNKNOWN : wallTime(number(cells, columns.time));
    this.sink.at(number(cells, columns.step), number(cells, columns.epoch), time, line);
    for (const { index, key } of columns.values) {
      const cell = cells[index]!;
      if (cell === '' || (index === columns.time && !Number.isNaN(time))) continue;
      const value = parseNumber(cell);
      if (value !== undefined) this.sink.value(key, value);
    }
  }
}

function number(cells: readonly string[], index: number): number {
  return index < 0 ? UNKNOWN : (parseNumber(cells[index]!) ?? UNKNOWN);
}

/** A header that is repeated in the middle (a second run) has names where the rows have numbers. */
function looksLikeHeader(cells: readonly string[]): boolean {
  const first = cells[0]!.charCodeAt(0);
  // Every row comes here, and nearly all begin with a digit or an empty cell.
  if (!(first >= 65) || parseNumber(cells[0]!) !== undefined) return false;
  return cells.every(
    (cell) => /^[A-Za-z_<(]/.test(cell) && parseNumber(cell) === undefined && !MISSING.test(cell),
  );
}

const MISSING = /^(?:NA|None|null)$/i;
