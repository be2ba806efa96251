import { isMetricWord } from './metricName';
import { parseNumber } from './numbers';
import { positionOf } from './positionName';

/** What separates the cells of a table; `blanks` is any run of spaces and tabs. */
export type Delimiter = ',' | ';' | '\t' | '|' | 'blanks';

const CANDIDATES: readonly Delimiter[] = ['\t', ';', ',', '|', 'blanks'];

/** The header of a delimited table. */
export interface Header {
  readonly delimiter: Delimiter;
  /** Column names, trimmed and without quotes. */
  readonly names: readonly string[];
}

/** Splits one line into trimmed cells; a cell may be quoted with `"`, and then hold the delimiter. */
export function splitCells(line: string, delimiter: Delimiter): string[] {
  if (delimiter === 'blanks') return line.trim().split(/\s+/);
  if (!line.includes('"')) {
    const cells = line.split(delimiter);
    for (let i = 0; i < cells.length; i++) {
      const cell = cells[i]!;
      if (cell.charCodeAt(0) <= 32 || cell.charCodeAt(cell.length - 1) <= 32) cells[i] = cell.trim();
    }
    return cells;
  }
  return splitQuoted(line, delimiter);
}

/** Reads a line as a table header: names, no numbers, at least one of them a metric or a counter. */
export function readHeader(line: string): Header | undefined {
  for (const delimiter of CANDIDATES) {
    if (delimiter !== 'blanks' && !line.includes(delimiter)) continue;
    const names = splitCells(line.replace(/^#\s*/, ''), delimiter);
    const fewest = delimiter === 'blanks' ? 3 : 2;
    if (names.length < fewest || names.length > 5000) continue;
    if (names.some((name) => name.length > 200 || parseNumber(name) !== undefined)) return undefined;
    if (!names.some((name) => name !== '' && (isMetricWord(seriesName(name)) || positionOf(name) !== null)))
      continue;
    return { delimiter, names };
  }
  return undefined;
}

/** The metric part of a column of W&B's CSV export, `<run> - <metric>`; any other name unchanged. */
export function seriesName(column: string): string {
  const dash = column.lastIndexOf(' - ');
  return dash < 0 ? column : column.slice(dash + 3);
}

/** W&B adds the envelope of a smoothed curve as two more columns. */
export function isEnvelope(column: string): boolean {
  return column.endsWith('__MIN') || column.endsWith('__MAX');
}

function splitQuoted(line: string, delimiter: string): string[] {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const char = line[i]!;
    if (char === '"') {
      if (quoted && line[i + 1] === '"') cell += line[++i]!;
      else quoted = !quoted;
    } else if (char === delimiter && !quoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += char;
  }
  cells.push(cell.trim());
  return cells;
}
