import { Edit, type Tree } from 'web-tree-sitter';
import { parsePython } from './parser';

/** Parses the texts of one document, one after the other: of each only what is not as before. To be disposed of. */
export class Reparser {
  private last: { source: string; tree: Tree } | null = null;
  private busy = false;

  /** A tree of the text, which the caller deletes. */
  async parse(source: string): Promise<Tree> {
    // Someone asks while a text is being parsed: that one is none of this one's business.
    if (this.busy) return parsePython(source);
    this.busy = true;
    const { last } = this;
    this.last = null;
    try {
      if (last) last.tree.edit(changeBetween(last.source, source));
      const tree = await parsePython(source, last?.tree ?? null);
      this.last = { source, tree: tree.copy() };
      return tree;
    } finally {
      last?.tree.delete();
      this.busy = false;
    }
  }

  dispose(): void {
    this.last?.tree.delete();
    this.last = null;
  }
}

/** The one change that makes a text of another: all between what both begin and end with. */
export function changeBetween(before: string, after: string): Edit {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let end = 0;
  while (
    end < most - start &&
    before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  )
    end++;
  const [oldEndIndex, newEndIndex] = [before.length - end, after.length - end];
  return new Edit({
    startIndex: start,
    oldEndIndex,
    newEndIndex,
    startPosition: pointAt(before, start),
    oldEndPosition: pointAt(before, oldEndIndex),
    newEndPosition: pointAt(after, newEndIndex),
  });
}

function pointAt(text: string, index: number): { row: number; column: number } {
  let row = 0;
  let line = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < index; at = text.indexOf('\n', at + 1)) {
    row++;
    line = at + 1;
  }
  return { row, column: index - line };
}
