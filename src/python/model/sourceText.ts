/** How a file is written: its lines, line ending, quotes and unit of indentation. */
export interface SourceText {
  source: string;
  lines: readonly string[];
  eol: string;
  quote: string;
  indent: string;
}

/** Reads the habits of a file from what stands in it. */
export function sourceText(source: string): SourceText {
  const eol = source.includes('\r\n') ? '\r\n' : '\n';
  const quote = (source.match(/'/g)?.length ?? 0) > (source.match(/"/g)?.length ?? 0) ? "'" : '"';
  const lines = source.split(/\r\n|\n/);
  return { source, lines, eol, quote, indent: indentUnit(lines) };
}

/** How much deeper the line after a colon stands, the first time that one does. */
function indentUnit(lines: readonly string[]): string {
  for (let i = 0; i + 1 < lines.length; i++) {
    if (!/:\s*(#.*)?$/.test(lines[i]!)) continue;
    const outer = /^[ \t]*/.exec(lines[i]!)![0];
    const inner = /^[ \t]*(?=\S)/.exec(lines[i + 1]!)?.[0] ?? '';
    if (inner.length > outer.length && inner.startsWith(outer)) return inner.slice(outer.length);
  }
  return '    ';
}
