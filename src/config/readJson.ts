import { parseTree, type Node } from 'jsonc-parser';
import type { Position, Range } from '../remedies/textEdit';
import { withinQuotes, type ConfigDocument, type Entry, type Scalar } from './entry';

/** Reads JSON with comments and trailing commas; a half-typed file gives what can be given. */
export function readJson(text: string): ConfigDocument {
  const root = parseTree(text, [], { allowTrailingComma: true, allowEmptyContent: true });
  const entries: Entry[] = [];
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const position = (offset: number): Position => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: offset - starts[low]! };
  };
  const rangeOf = ({ offset, length }: Node): Range => ({
    start: position(offset),
    end: position(offset + length),
  });
  const visit = (node: Node | undefined, path: readonly string[], key: Node | null): void => {
    if (!node) return;
    if (node.type === 'object') {
      for (const { children } of node.children ?? []) {
        const [name, value] = children ?? [];
        if (name) visit(value, [...path, String(name.value)], name);
      }
    } else if (node.type === 'array') {
      node.children?.forEach((item, i) => visit(item, [...path, String(i)], key));
    } else if (key) {
      const valueRange = node.type === 'string' ? withinQuotes(rangeOf(node)) : rangeOf(node);
      entries.push({ path, value: node.value as Scalar, keyRange: rangeOf(key), valueRange });
    }
  };
  visit(root, [], null);
  return { entries, isList: root?.type === 'array' };
}
