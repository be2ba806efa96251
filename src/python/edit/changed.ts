import type { TextEdit } from '../../remedies/textEdit';
import type { Script } from '../model/script';
import type { Node } from '../parser';
import { insertAt, replaceNode } from './insert';

const mark = /#.*\bwas [\d.e+-]+/;

/** Whether a number was changed before, by the comment that its line ends with: a second change would be one too many. */
export function wasChanged({ endPosition: { row } }: Node, { text }: Script): boolean {
  return mark.test(text.lines[row] ?? '');
}

/** Gives a number another value and keeps the old one in a comment; null where its line takes no comment. */
export function changeNumber(number: Node, to: string, script: Script): TextEdit[] | null {
  const comment = commentAt(number.endPosition.row, `was ${number.text}`, script);
  return comment && [replaceNode(number, to), comment];
}

/** A comment at the end of a line: after the one that is there, if one is. */
export function commentAt(row: number, words: string, { root, text }: Script): TextEdit | null {
  const line = text.lines[row] ?? '';
  const end = line.trimEnd().length;
  if (line.trimEnd().endsWith('\\')) return null;
  const start = lineStart(text.source, row);
  const last = end > 0 ? root.nodeAt(start + end - 1, start + end) : null;
  if (last?.type === 'comment') return insertAt(row, end, ` (${words})`);
  if (last && /^string/.test(last.type) && last.endPosition.row > row) return null;
  return insertAt(row, end, `  # ${words}`);
}

/** The comment for arguments that were added: within what was inserted where that is a line of its own. */
export function commentAdded(edits: readonly TextEdit[], words: string, script: Script): TextEdit[] | null {
  const { eol } = script.text;
  const last = edits.at(-1)!;
  if (last.newText.endsWith(eol))
    return [
      ...edits.slice(0, -1),
      { ...last, newText: `${last.newText.slice(0, -eol.length)}  # ${words}${eol}` },
    ];
  const comment = commentAt(last.range.end.line, words, script);
  return comment && [...edits, comment];
}

function lineStart(source: string, row: number): number {
  let at = 0;
  for (let i = 0; i < row; i++) at = source.indexOf('\n', at) + 1;
  return at;
}
