import type { TextEdit } from '../../remedies/textEdit';
import type { Argument, Call } from '../model/call';
import { isInside, parts } from '../model/nodes';
import type { SourceText } from '../model/sourceText';
import type { Node } from '../parser';

/** Takes an argument out of a call, with the comma and the white space that go with it. */
export function removeArgument(call: Call, { node }: Argument, text: SourceText): TextEdit[] {
  return removeItem(call.node.childForFieldName('arguments')!, node, text);
}

/** Takes an item out of an argument list or a list, and its whole line where it has one. */
export function removeItem(list: Node, node: Node, text: SourceText): TextEdit[] {
  const items = parts(list);
  const at = items.findIndex((one) => isInside(node, one));
  const [item, before, next] = [items[at], items[at - 1], items[at + 1]];
  if (!item) return [];
  const { row } = item.startPosition;
  const line = text.lines[row] ?? '';
  const rest = line.slice(item.endPosition.column);
  const alone = line.slice(0, item.startPosition.column).trim() === '' && /^,[ \t]*$/.test(rest);
  if (alone && item.endPosition.row === row) return [cut(row, 0, row + 1, 0)];
  const { startPosition: from, endPosition: to } = item;
  // `f(a, item, b)`: from the item to the next; `f(a, item)`: from the one before to the item.
  if (next) return [cut(from.row, from.column, next.startPosition.row, next.startPosition.column)];
  const between = before
    ? list.text.slice(before.endIndex - list.startIndex, item.startIndex - list.startIndex)
    : '#';
  if (before && !between.includes('#'))
    return [cut(before.endPosition.row, before.endPosition.column, to.row, to.column)];
  return [cut(from.row, from.column, to.row, to.column)];
}

function cut(line: number, character: number, toLine: number, toCharacter: number): TextEdit {
  return {
    range: { start: { line, character }, end: { line: toLine, character: toCharacter } },
    newText: '',
  };
}
