import { readHtmlTable, tableLines, type PlainTable } from './htmlTable';

/** One output of a cell: the same thing in several types, each as text. */
export type CellOutput = readonly { readonly mime: string; readonly text: string }[];

/** What of an output can hold metrics. */
export type CellBlock = { readonly text: string } | { readonly table: PlainTable };

const STREAMS = ['application/vnd.code.notebook.stdout', 'application/vnd.code.notebook.stderr'];
const ERROR = 'application/vnd.code.notebook.error';

/** The types of outputs that are looked at. */
export const readMimes: ReadonlySet<string> = new Set([...STREAMS, ERROR, 'text/html', 'text/plain']);

/** Text and tables of a cell's outputs, in order. */
export function blocksOf(outputs: readonly CellOutput[]): CellBlock[] {
  return outputs.flatMap((items): CellBlock[] => {
    const of = (mime: string): string | undefined => items.find((item) => item.mime === mime)?.text;
    const stream = STREAMS.map(of).find((text) => text !== undefined);
    if (stream !== undefined) return [{ text: stream }];
    const error = of(ERROR);
    if (error !== undefined) return [{ text: `\n${readError(error).stack}\n` }];
    const table = readHtmlTable(of('text/html') ?? '');
    if (table) return [{ table }];
    const plain = of('text/plain');
    return plain === undefined ? [] : [{ text: `${plain}\n` }];
  });
}

/** Name and stack of the error that an output holds. */
export function readError(json: string): { name: string; stack: string } {
  try {
    const { name, message, stack } = JSON.parse(json) as Record<string, unknown>;
    const [what, why] = [text(name), text(message)];
    return { name: what, stack: text(stack) || `Traceback (most recent call last):\n${what}: ${why}` };
  } catch {
    return { name: '', stack: json };
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/**
 * What is new in a cell since it was last looked at, to be appended to its log: lines that were added, a last line that was
 * drawn again, rows below the names of their columns. A cell that was cleared meanwhile gives all that it has.
 */
export function grown(before: readonly CellBlock[], after: readonly CellBlock[]): string {
  const goesOn = before.length <= after.length && before.every((block, i) => continues(block, after[i]!));
  return after.map((block, i) => added(goesOn ? before[i] : undefined, block)).join('');
}

function continues(before: CellBlock, after: CellBlock): boolean {
  if ('text' in before) return 'text' in after && after.text.startsWith(wholeLines(before.text));
  if (!('table' in after)) return false;
  const [a, b] = [before.table, after.table];
  return a.rows.length <= b.rows.length && a.header.join('|') === b.header.join('|');
}

function added(before: CellBlock | undefined, after: CellBlock): string {
  if ('table' in after) {
    const known = before && 'table' in before ? before.table.rows.length : 0;
    const rows = after.table.rows.slice(known);
    return rows.length === 0 ? '' : `\n${tableLines({ header: after.table.header, rows }).join('\n')}\n`;
  }
  const known = before && 'text' in before ? before.text : '';
  if (after.text.startsWith(known)) return after.text.slice(known.length);
  // The notebook draws over the last line, as a terminal does.
  return `\r${after.text.slice(wholeLines(known).length)}`;
}

function wholeLines(value: string): string {
  return value.slice(0, value.lastIndexOf('\n') + 1);
}
