import { parseTree, type Node } from 'jsonc-parser';
import { withinQuotes, type ConfigDocument, type Entry, type Scalar } from '../entry';
import { collect } from './collect';
import { Positions } from './positions';

/** Reads JSON with comments and trailing commas; a half-typed file gives what can be given. */
export function readJson(text: string): ConfigDocument[] {
  const root = parseTree(text, [], { allowTrailingComma: true, allowEmptyContent: true });
  const positions = new Positions(text);
  const entries: Entry[] = [];
  const rangeOf = ({ offset, length }: Node) => positions.range(offset, offset + length);
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
      const quoted = node.type === 'string';
      const valueRange = quoted ? withinQuotes(rangeOf(node)) : rangeOf(node);
      const value = node.value as Scalar;
      entries.push({ path, value, keyRange: rangeOf(key), valueRange, ...(quoted ? { quoted } : {}) });
    }
  };
  visit(root, [], null);
  return [collect('json', text, entries, { isList: root?.type === 'array' })];
}
