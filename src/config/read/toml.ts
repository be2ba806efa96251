import { ParseError, parseTOML, type AST } from 'toml-eslint-parser';
import { withinQuotes, type ConfigDocument, type Entry, type Scalar } from '../entry';
import { collect } from './collect';
import { Positions } from './positions';

/** How many lines that can't be read are passed over before the file is given up. */
const MOST_ERRORS = 20;

/** Reads TOML. A line that can't be read, as while it is typed, is passed over. */
export function readToml(text: string): ConfigDocument[] {
  const positions = new Positions(text);
  const entries: Entry[] = [];
  const rangeOf = ({ range: [from, to] }: AST.TOMLNode) => positions.range(from, to);
  const visit = (node: AST.TOMLContentNode, path: readonly string[], key: AST.TOMLNode): void => {
    if (node.type === 'TOMLInlineTable') {
      for (const { key: inner, value } of node.body) visit(value, [...path, ...namesOf(inner)], inner);
    } else if (node.type === 'TOMLArray') {
      node.elements.forEach((item, i) => visit(item, [...path, String(i)], key));
    } else {
      const quoted = node.kind === 'string';
      const range = rangeOf(node);
      // A string between three quotes is no value that a rule would replace.
      const valueRange = quoted && !node.multiline ? withinQuotes(range) : range;
      const value = (node.value instanceof Date ? node.value.toISOString() : node.value) as Scalar;
      entries.push({ path, value, keyRange: rangeOf(key), valueRange, ...(quoted ? { quoted } : {}) });
    }
  };
  for (const top of parsed(text)) {
    if (top.type === 'TOMLKeyValue') visit(top.value, namesOf(top.key), top.key);
    else {
      const path = top.resolvedKey.map(String);
      for (const { key, value } of top.body) visit(value, [...path, ...namesOf(key)], key);
    }
  }
  return [collect('toml', text, entries)];
}

function parsed(text: string): readonly (AST.TOMLKeyValue | AST.TOMLTable)[] {
  const lines = text.split('\n');
  for (let tries = 0; tries < MOST_ERRORS; tries++) {
    try {
      return parseTOML(lines.join('\n')).body[0].body;
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      // What lacks at the end of a line is noticed at the start of the next one.
      let bad = error.column === 0 ? error.lineNumber - 2 : error.lineNumber - 1;
      while (bad > 0 && !lines[bad]?.trim()) bad--;
      const line = lines[bad];
      if (!line?.trim()) return [];
      lines[bad] = ' '.repeat(line.length);
    }
  }
  return [];
}

function namesOf({ keys }: AST.TOMLKey): string[] {
  return keys.map((key) => (key.type === 'TOMLBare' ? key.name : key.value));
}
