import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseAllDocuments,
  type Alias,
  type Document,
  type Node,
  type Scalar as YamlScalar,
} from 'yaml';
import type { Range } from '../../remedies/textEdit';
import { withinQuotes, type ConfigDocument, type Entry, type Scalar } from '../entry';
import { collect } from './collect';
import { Positions } from './positions';

/** How deep mappings may nest, anchors followed: more is an attack or an accident. */
const MAX_DEPTH = 40;
/** The most entries that are read of a file: anchors in anchors would make millions of a few lines. */
const MAX_ENTRIES = 20_000;

/**
 * Reads YAML (1.2 core, several documents). Unknown tags are kept: `!new:torch.optim.Adam` is the entry `_target_` of
 * its mapping. Anchors and merge keys are followed. A half-typed file gives what can be given: errors of the parser are
 * nobody's business here.
 * @throws Error from the YAML library for a few malformed documents, which it does not list as errors
 */
export function readYaml(text: string): ConfigDocument[] {
  const positions = new Positions(text);
  const documents = parseAllDocuments(text, { logLevel: 'silent', uniqueKeys: false });
  if (!Array.isArray(documents)) return [];
  return documents.map((document) => {
    const reader = new Reader(document, ([from, to]) => positions.range(from, to));
    return collect('yaml', text, reader.entries, { isList: isSeq(document.contents) });
  });
}

class Reader {
  readonly entries: Entry[] = [];

  constructor(
    private readonly document: Document,
    private readonly range: (offsets: readonly [number, number]) => Range,
  ) {
    this.visit(document.contents, [], null, false);
  }

  /** @param shared whether an anchor was followed to get here */
  private visit(node: unknown, path: readonly string[], key: Node | null, shared: boolean): void {
    if (path.length > MAX_DEPTH || this.entries.length > MAX_ENTRIES) return;
    if (isAlias(node)) {
      this.visit(this.anchored(node), path, key, true);
    } else if (isMap(node)) {
      this.target(node, path, shared);
      // What is merged in is weaker than the mapping's own keys, wherever it stands.
      for (const { key: name, value } of node.items) if (isMerge(name)) this.merge(value, path);
      for (const { key: name, value } of node.items) {
        if (isScalar(name) && !isMerge(name)) this.visit(value, [...path, String(name.value)], name, shared);
      }
    } else if (isSeq(node)) {
      node.items.forEach((item, i) => this.visit(item, [...path, String(i)], key, shared));
    } else if (isScalar(node) && key !== null) {
      this.add(node, path, key, shared);
    }
  }

  private merge(value: unknown, path: readonly string[]): void {
    const sources = isSeq(value) ? [...value.items].reverse() : [value];
    for (const source of sources) {
      this.visit(isAlias(source) ? this.anchored(source) : source, path, null, true);
    }
  }

  private anchored(alias: Alias): unknown {
    return alias.resolve(this.document);
  }

  /** `!new:`, `!name:` and `!apply:` say what a mapping's settings are handed to. */
  private target(node: Node, path: readonly string[], shared: boolean): void {
    const named = /^!(?:new|name|apply):(.+)/.exec(node.tag ?? '');
    if (!named || !node.range) return;
    const range = this.range([node.range[0], node.range[0]]);
    this.push({ path: [...path, '_target_'], value: named[1]!, keyRange: range, valueRange: range }, shared);
  }

  private add(node: YamlScalar, path: readonly string[], key: Node, shared: boolean): void {
    const [from, to] = node.range ?? [0, 0];
    const quoted = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE';
    // `>-` and `|` hold lines of their own, which no edit of a value keeps apart from the next key.
    const isBlock = node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL';
    const range = this.range([from, to]);
    const [keyFrom, keyTo] = key.range ?? [0, 0];
    this.push(
      {
        path,
        value: node.value as Scalar,
        keyRange: this.range([keyFrom, keyTo]),
        valueRange: quoted ? withinQuotes(range) : range,
        ...(quoted ? { quoted } : {}),
      },
      shared || isBlock || node.anchor !== undefined,
    );
  }

  private push(entry: Entry, shared: boolean): void {
    this.entries.push(shared ? { ...entry, shared } : entry);
  }
}

function isMerge(key: unknown): boolean {
  return isScalar(key) && key.value === '<<';
}
