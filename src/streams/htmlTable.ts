/** A longer text is no table of metrics (characters). */
const LONGEST = 1 << 20;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', nbsp: ' ' };

/** A table of text: the names of its columns, and its rows. */
export interface PlainTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * The last table in a piece of HTML, as the Hugging Face Trainer and fastai draw their metrics in a notebook; null where
 * there is none with names of columns. Tags within cells are left out.
 */
export function readHtmlTable(html: string): PlainTable | null {
  if (html.length > LONGEST) return null;
  const lower = html.toLowerCase();
  const start = lower.lastIndexOf('<table');
  if (start < 0) return null;
  const end = lower.indexOf('</table', start);
  const inside = html.slice(start, end < 0 ? undefined : end);
  const [header, ...rows] = inside
    .split(/<tr[\s>]/i)
    .slice(1)
    .map(cellsOf);
  return header && header.length > 1
    ? { header, rows: rows.filter((row) => row.length === header.length) }
    : null;
}

function cellsOf(row: string): string[] {
  return row
    .split(/<t[hd](?=[\s>])/i)
    .slice(1)
    .map((cell) =>
      plain(cell.slice(cell.indexOf('>') + 1))
        .replaceAll('|', '/')
        .replace(/\s+/g, ' ')
        .trim(),
    );
}

function plain(html: string): string {
  return html
    .replace(/<[^<>]*>/g, '')
    .replace(/&(#?\w{1,8});/g, (all, name: string) => ENTITIES[name] ?? all);
}

/** Rows as lines of text that the text format reads: framed cells, or pairs where there are only two columns. */
export function tableLines({ header, rows }: PlainTable): string[] {
  if (header.length === 2) return rows.map(([a, b]) => `${header[0]}: ${a}, ${header[1]}: ${b}`);
  const framed = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [framed(header), ...rows.map(framed)];
}
