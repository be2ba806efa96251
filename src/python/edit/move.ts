import type { TextEdit } from '../../remedies/textEdit';
import { parts } from '../model/nodes';
import type { SourceText } from '../model/sourceText';
import type { Node } from '../parser';
import { indentOf, insertAt } from './insert';

/** A statement on lines of its own that can be taken out: the edit, and its text with the comment behind it. */
interface Lifted {
  cut: TextEdit;
  text: string;
}

/** Lifts a statement that stands alone on one line and is not all that its block has; null where it is not so. */
function lift(statement: Node, text: SourceText): Lifted | null {
  const { row, column } = statement.startPosition;
  const line = text.lines[row] ?? '';
  const rest = line.slice(statement.endPosition.column).trim();
  const alone = indentOf(statement, text) !== null && (rest === '' || rest.startsWith('#'));
  if (!alone || statement.endPosition.row !== row || parts(statement.parent).length < 2) return null;
  // The last line of a file may lack its end: then there is nothing to cut up to.
  if (row + 1 >= text.lines.length) return null;
  const range = { start: { line: row, character: 0 }, end: { line: row + 1, character: 0 } };
  return { cut: { range, newText: '' }, text: line.slice(column).trimEnd() };
}

/** Moves statements to directly before another, with the white space of that one; null where one can't be moved. */
export function moveBefore(statements: readonly Node[], to: Node, text: SourceText): TextEdit[] | null {
  const indent = indentOf(to, text);
  return indent === null ? null : moved(statements, to.startPosition.row, indent, text);
}

/** Moves statements to directly after another; null where one can't be moved. */
export function moveAfter(statements: readonly Node[], to: Node, text: SourceText): TextEdit[] | null {
  const indent = indentOf(to, text);
  const { row } = to.endPosition;
  if (indent === null || row + 1 >= text.lines.length) return null;
  const rest = (text.lines[row] ?? '').slice(to.endPosition.column).trim();
  return rest === '' || rest.startsWith('#') ? moved(statements, row + 1, indent, text) : null;
}

function moved(
  statements: readonly Node[],
  row: number,
  indent: string,
  text: SourceText,
): TextEdit[] | null {
  const lifted = statements.map((one) => lift(one, text));
  if (lifted.some((one) => one === null)) return null;
  const whole = lifted as Lifted[];
  const lines = whole.map((one) => indent + one.text + text.eol).join('');
  return [...whole.map(({ cut }) => cut), insertAt(row, 0, lines)];
}
