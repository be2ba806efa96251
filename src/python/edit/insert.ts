import type { TextEdit } from '../../remedies/textEdit';
import type { SourceText } from '../model/sourceText';
import type { Node } from '../parser';

/** Puts text at a place and takes nothing away. */
export function insertAt(line: number, character: number, newText: string): TextEdit {
  return { range: { start: { line, character }, end: { line, character } }, newText };
}

/** Text directly before a node. */
export function insertBeforeNode({ startPosition: { row, column } }: Node, newText: string): TextEdit {
  return insertAt(row, column, newText);
}

/** Text directly after a node. */
export function insertAfterNode({ endPosition: { row, column } }: Node, newText: string): TextEdit {
  return insertAt(row, column, newText);
}

export function replaceNode({ startPosition: from, endPosition: to }: Node, newText: string): TextEdit {
  return {
    range: {
      start: { line: from.row, character: from.column },
      end: { line: to.row, character: to.column },
    },
    newText,
  };
}

/**
 * Statements before another, each on a line of its own with the same white space before it.
 * `loss.backward(); opt.step()` and `if ready: opt.step()` take them into the same line, and so does a line that
 * follows a backslash, which a line of its own would tear apart.
 * @returns null where a block would have to go into a line
 */
export function insertBefore(statement: Node, lines: readonly string[], text: SourceText): TextEdit | null {
  const { row, column } = statement.startPosition;
  const indent = indentOf(statement, text);
  if (indent === null) {
    if (lines.some(isNested)) return null;
    return insertAt(row, column, lines.map((line) => `${line}; `).join(''));
  }
  return insertAt(row, 0, lines.map((line) => `${indent}${line}${text.eol}`).join(''));
}

/** Statements after another, in the way of `insertBefore`; null where a block would have to go into a line. */
export function insertAfter(statement: Node, lines: readonly string[], text: SourceText): TextEdit | null {
  const indent = indentOf(statement, text);
  const { row, column } = statement.endPosition;
  const rest = (text.lines[row] ?? '').slice(column).replace(/#.*$/, '').trim();
  if (indent === null || rest !== '') {
    if (lines.some(isNested)) return null;
    return insertAt(row, column, lines.map((line) => `; ${line}`).join(''));
  }
  // The last line of a file may lack its end.
  if (row + 1 >= text.lines.length) {
    const end = text.lines[row]!.length;
    return insertAt(row, end, lines.map((line) => `${text.eol}${indent}${line}`).join(''));
  }
  return insertAt(row + 1, 0, lines.map((line) => `${indent}${line}${text.eol}`).join(''));
}

/** The white space before a statement; null where something else stands before it in its line. */
export function indentOf(statement: Node, { lines }: SourceText): string | null {
  const { row, column } = statement.startPosition;
  const indent = (lines[row] ?? '').slice(0, column);
  return indent.trim() !== '' || /\\\s*$/.test(lines[row - 1] ?? '') ? null : indent;
}

function isNested(line: string): boolean {
  return /^\s/.test(line) || line.endsWith(':');
}
