import type { Position, Range, TextEdit } from './textEdit';

/**
 * Where a value that edits insert stands in the text after them: the first place at which it stands alone, and not as
 * a part of a longer number. Nothing where no edit has it.
 */
export function selectionOf(edits: readonly TextEdit[], value: string | undefined): { selection?: Range } {
  if (value === undefined) return {};
  const pattern = new RegExp(`(?<![\\w.])${value.replaceAll('.', '\\.')}(?![\\w.])`);
  /** Where the text after the last edit stands, before and after the edits. */
  let old: Position = { line: 0, character: 0 };
  let now: Position = old;
  for (const { range, newText } of inOrder(edits)) {
    const start = moved(range.start, old, now);
    const found = pattern.exec(newText);
    if (found) {
      const from = after(start, newText.slice(0, found.index));
      return { selection: { start: from, end: after(from, value) } };
    }
    old = range.end;
    now = after(start, newText);
  }
  return {};
}

function inOrder(edits: readonly TextEdit[]): TextEdit[] {
  const order = (a: Position, b: Position): number => a.line - b.line || a.character - b.character;
  return [...edits].sort((a, b) => order(a.range.start, b.range.start) || order(a.range.end, b.range.end));
}

/** A place behind `old`, when what stood at `old` stands at `now`. */
function moved({ line, character }: Position, old: Position, now: Position): Position {
  return {
    line: line + now.line - old.line,
    character: line === old.line ? character + now.character - old.character : character,
  };
}

/** Where a text ends that begins at a place. */
function after({ line, character }: Position, text: string): Position {
  const lines = text.split('\n');
  return lines.length === 1
    ? { line, character: character + text.length }
    : { line: line + lines.length - 1, character: lines.at(-1)!.length };
}
