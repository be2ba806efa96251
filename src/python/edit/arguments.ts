import type { TextEdit } from '../../remedies/textEdit';
import type { Argument, Call } from '../model/call';
import { parts } from '../model/nodes';
import type { SourceText } from '../model/sourceText';
import type { Node } from '../parser';
import { insertAfterNode, insertAt, replaceNode } from './insert';

/** Adds last arguments to a call, in the way that its arguments are laid out. */
export function addArgument(call: Call, added: string | readonly string[], text: SourceText): TextEdit[] {
  return addItem(call.node.childForFieldName('arguments')!, added, text);
}

/**
 * Adds last items to an argument list, a list or a dict: on lines of their own where the last one has its own, with
 * a comma after them where the last one has one.
 */
export function addItem(list: Node, added: string | readonly string[], text: SourceText): TextEdit[] {
  const items = typeof added === 'string' ? [added] : added;
  const last = parts(list).at(-1);
  const { row, column } = list.startPosition;
  if (!last) return [insertAt(row, column + 1, items.join(', '))];
  const close = list.endPosition;
  const comma = list.children.some((one) => one?.type === ',' && one.startIndex >= last.endIndex);
  const ownLine = /^\s*[)\]}]/.test(text.lines[close.row] ?? '') && close.row > last.endPosition.row;
  if (!ownLine) return [insertAfterNode(last, `, ${items.join(', ')}`)];
  const line = text.lines[last.startPosition.row] ?? '';
  // The first line of `f(a,` begins with the call: then the item goes under the argument. Another line begins with one.
  const indent = /^\s*/.exec(line)![0] + (last.startPosition.row === row ? text.indent : '');
  const lines = items.map((item) => `${indent}${item}`).join(`,${text.eol}`);
  const next = insertAt(close.row, 0, `${lines}${comma ? ',' : ''}${text.eol}`);
  return comma ? [next] : [insertAfterNode(last, ','), next];
}

/** Adds a first argument: `f(a)` becomes `f(item, a)`. */
export function addFirst(list: Node, item: string, text: SourceText): TextEdit[] {
  const first = parts(list)[0];
  if (!first) return addItem(list, item, text);
  const { row, column } = first.startPosition;
  if (row === list.startPosition.row) return [insertAt(row, column, `${item}, `)];
  const indent = (text.lines[row] ?? '').slice(0, column);
  return indent.trim() === ''
    ? [insertAt(row, 0, `${indent}${item},${text.eol}`)]
    : [insertAt(row, column, `${item}, `)];
}

/** An item directly after another in a list of arguments or elements, on a line of its own where that one has it. */
export function addAfter(list: Node, before: Node, item: string, text: SourceText): TextEdit[] {
  const items = parts(list);
  const index = items.findIndex(({ id }) => id === before.id);
  const next = items[index + 1];
  if (!next) return addItem(list, item, text);
  const { row, column } = next.startPosition;
  const indent = (text.lines[row] ?? '').slice(0, column);
  return indent.trim() === '' && row > before.endPosition.row
    ? [insertAt(row, 0, `${indent}${item},${text.eol}`)]
    : [insertAt(row, column, `${item}, `)];
}

/** Gives an argument another value and leaves its name as it is. */
export function setArgument({ value }: Argument, to: string): TextEdit {
  return replaceNode(value, to);
}

/** What stands between two items of a list: a comma and a blank, or a new line where the items have their own. */
export function itemGap(list: Node, { text }: { text: SourceText }): string {
  const items = parts(list);
  const [first] = items;
  const { row, column } = (items[1] ?? first ?? list).startPosition;
  const indent = (text.lines[row] ?? '').slice(0, column);
  return first && row > list.startPosition.row && indent.trim() === '' ? `,${text.eol}${indent}` : ', ';
}
