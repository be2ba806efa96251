import { isAlias, isMap, isScalar, isSeq, LineCounter, parseAllDocuments, type Node } from 'yaml';
import type { Position, Range } from '../remedies/textEdit';
import { withinQuotes, type ConfigDocument, type Entry, type Scalar } from './entry';

/**
 * Reads YAML (1.2 core, several documents, unknown tags kept as text). A half-typed file gives what can be given:
 * errors of the parser are nobody's business here.
 */
export function readYaml(text: string): ConfigDocument {
  const counter = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: counter, logLevel: 'silent', uniqueKeys: false });
  const entries: Entry[] = [];
  const position = (offset: number): Position => {
    const { line, col } = counter.linePos(offset);
    return { line: line - 1, character: col - 1 };
  };
  const rangeOf = (node: Node): Range => {
    const [from, to] = node.range ?? [0, 0];
    return { start: position(from), end: position(to) };
  };
  const visit = (node: unknown, path: readonly string[], keyRange: Range | null): void => {
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        if (isScalar(key)) visit(value, [...path, String(key.value)], rangeOf(key));
      }
    } else if (isSeq(node)) {
      node.items.forEach((item, i) => visit(item, [...path, String(i)], keyRange));
    } else if (isScalar(node) && keyRange !== null && !isAlias(node)) {
      const quoted = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE';
      const valueRange = quoted ? withinQuotes(rangeOf(node)) : rangeOf(node);
      entries.push({ path, value: node.value as Scalar, keyRange, valueRange });
    }
  };
  const contents = Array.isArray(documents) ? documents.map((document) => document.contents) : [];
  for (const top of contents) visit(top, [], null);
  return { entries, isList: isSeq(contents[0]) };
}
