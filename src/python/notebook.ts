import type { Position, Range, TextEdit } from '../remedies/textEdit';

/** The code cells of a notebook as one script, since names resolve across them in order. */
export interface NotebookText {
  source: string;
  /** For each cell its first line in the script, and how many lines it has. */
  cells: readonly { first: number; count: number }[];
}

/** A comment between two cells: what is written before it belongs to the upper one, what is written after it to the lower. */
const BETWEEN = '#';

/** Magics that leave the rest of their cell as Python. */
const plainCell = /^%%(time|timeit|capture)\b/;
/** `%matplotlib inline`, `!pip install …`, `?model` and `model?`. */
const magic = /^[ \t]*(?:[%!](?=%?[A-Za-z./~{])|\?(?=\w)|[\w.]+\?{1,2}[ \t]*$)/;

/** Joins code cells. Lines that only a notebook understands become comments of the same length. */
export function joinCells(cells: readonly string[]): NotebookText {
  const lines: string[] = [];
  const places = cells.map((cell) => {
    const own = maskCell(cell.split(/\r\n|\r|\n/));
    const first = lines.length;
    lines.push(...own, BETWEEN);
    return { first, count: own.length };
  });
  return { source: `${lines.join('\n')}\n`, cells: places };
}

function maskCell(lines: readonly string[]): string[] {
  const [first = ''] = lines;
  const foreign = first.startsWith('%%') && !plainCell.test(first);
  return lines.map((line) => ((foreign && line !== '') || magic.test(line) ? `#${line.slice(1)}` : line));
}

/** A range of a cell in the script. */
export function inScript({ start, end }: Range, cell: number, { cells }: NotebookText): Range {
  const { first } = cells[cell]!;
  const moved = ({ line, character }: Position): Position => ({ line: line + first, character });
  return { start: moved(start), end: moved(end) };
}

/** A range of the script in the cell where it begins, as far as it lies in that; null outside of all. */
export function inCell(
  { start, end }: Range,
  { cells }: NotebookText,
): { cell: number; range: Range } | null {
  const cell = cells.findLastIndex(({ first }) => first <= start.line);
  const place = cells[cell];
  if (!place || start.line >= place.first + place.count) return null;
  const last = place.first + place.count;
  const clipped = end.line < last ? end : { line: last - 1, character: Number.MAX_SAFE_INTEGER };
  const moved = ({ line, character }: Position): Position => ({ line: line - place.first, character });
  return { cell, range: { start: moved(start), end: moved(clipped) } };
}

/** Where the text of a cell ends. */
export function endOf(cell: string): Position {
  const lines = cell.split(/\r\n|\r|\n/);
  return { line: lines.length - 1, character: lines.at(-1)!.length };
}

/**
 * Edits of the script as edits of the cells; null where one would go over the end of a cell.
 * @param ends for each cell where its text ends
 */
export function inCells(
  edits: readonly TextEdit[],
  { cells }: NotebookText,
  ends: readonly Position[],
): Map<number, TextEdit[]> | null {
  const found = new Map<number, TextEdit[]>();
  for (const { range, newText } of edits) {
    const cell = cells.findLastIndex(({ first }) => first <= range.start.line);
    const place = cells[cell];
    if (!place) return null;
    const start = range.start.line - place.first;
    const end = range.end.line - place.first;
    const edit =
      start >= place.count
        ? atEnd(range, newText, ends[cell]!)
        : end < place.count
          ? { range: { start: { ...range.start, line: start }, end: { ...range.end, line: end } }, newText }
          : null;
    if (!edit) return null;
    found.set(cell, [...(found.get(cell) ?? []), edit]);
  }
  return found;
}

/** Lines below the last one of a cell: a cell ends without a line end. */
function atEnd({ start, end }: Range, newText: string, last: Position): TextEdit | null {
  const empty = start.line === end.line && start.character === end.character;
  if (!empty || start.character > 0 || !newText.endsWith('\n')) return null;
  return { range: { start: last, end: last }, newText: `\n${newText.slice(0, -1)}` };
}
