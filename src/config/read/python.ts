import type { Range } from '../../remedies/textEdit';
import { Page, type Node } from '../../python/node';
import { parsePython } from '../../python/parser';
import { withinQuotes, type ConfigDocument, type Entry, type Scalar } from '../entry';
import { collect } from './collect';
import { arithmetic, literal } from './pythonValues';

/** Names that hold a whole config: what is set on them is set at its top. */
const wholes = new Set(['config', 'cfg', 'conf', 'c', 'args', 'hparams', 'flags']);
/** Functions in whose body a config is put together. */
const builders = /^(get|default|make|build|base)_?(\w*_)?(config|cfg|hparams)\w*$|^(\w+_)?config$/i;
/** Calls that make a mapping of their arguments and mean nothing else. */
const mappings =
  /(^|\.)(dict|ConfigDict|FrozenConfigDict|edict|EasyDict|Config|OrderedDict|SimpleNamespace|Namespace)$/;

/**
 * Reads a Python config: assignments, `dict(k=v)`, `{"k": v}`, `config.k = v`, defaults of dataclass fields, and calls
 * with keywords, whose callee becomes the entry `_target_`. Nothing is executed: what can't be told from the text has
 * the value `${…}`. The module is one document, each class with fields is another.
 */
export async function readPython(text: string): Promise<ConfigDocument[]> {
  // The grammar counts lines by \n alone: below a lone \r every place would be wrong.
  if (/\r(?!\n)/.test(text)) return [];
  const tree = await parsePython(text);
  try {
    const reader = new Reader();
    const root = new Page(text, tree.rootNode).node(tree.rootNode);
    for (const statement of root.namedChildren) reader.statement(statement, 'module');
    return [reader.entries, ...reader.classes].map((entries) => collect('python', text, entries));
  } finally {
    tree.delete();
  }
}

class Reader {
  entries: Entry[] = [];
  readonly classes: Entry[][] = [];
  /** What a name of the module was set to, if that is a value. */
  private readonly known = new Map<string, Node>();

  /** Names that hold a whole config in the function that is read. */
  private readonly made = new Set<string>();

  statement(node: Node, within: 'module' | 'builder' | 'class'): void {
    if (node.type === 'expression_statement') {
      const [assignment] = node.namedChildren;
      if (assignment?.type === 'assignment') this.assignment(assignment, within);
    } else if (node.type === 'with_statement') {
      // `with config.unlocked():`
      for (const inner of bodyOf(node)) this.statement(inner, within);
    } else if (node.type === 'function_definition' && within === 'module') {
      if (!builders.test(node.childForFieldName('name')?.text ?? '')) return;
      this.made.clear();
      for (const inner of bodyOf(node)) this.statement(inner, 'builder');
    } else if (node.type === 'decorated_definition') {
      const definition = node.childForFieldName('definition');
      if (definition) this.statement(definition, within);
    } else if (node.type === 'class_definition') {
      this.fieldsOf(node);
    }
  }

  private fieldsOf(node: Node): void {
    const outer = this.entries;
    this.entries = [];
    for (const inner of bodyOf(node)) this.statement(inner, 'class');
    if (this.entries.length > 0) this.classes.push(this.entries);
    this.entries = outer;
  }

  private assignment(node: Node, within: 'module' | 'builder' | 'class'): void {
    const left = node.childForFieldName('left');
    const right = node.childForFieldName('right');
    if (!left || !right) return;
    const path = placeOf(left);
    if (!path) return;
    // `training = ConfigDict()`: a config by another name.
    if (within === 'builder' && left.type === 'identifier' && isNewConfig(right)) this.made.add(left.text);
    const isWhole = wholes.has(path[0]!.toLowerCase()) || (within === 'builder' && this.made.has(path[0]!));
    // In a function a name is a local variable, unless it is the config itself.
    if (within === 'builder' && !isWhole) return;
    if (left.type === 'identifier' && within === 'module') this.known.set(left.text, right);
    if (isWhole && (path.length > 1 || right.type === 'call' || right.type === 'dictionary')) path.shift();
    this.bind(path, left, right);
  }

  private bind(path: readonly string[], key: Node, value: Node): void {
    if (value.type === 'dictionary') {
      for (const pair of value.namedChildren) {
        const name = pair.type === 'pair' ? pair.childForFieldName('key') : null;
        const text = name && literal(name);
        if (name && typeof text === 'string')
          this.bind([...path, text], name, pair.childForFieldName('value')!);
      }
    } else if (value.type === 'list' || value.type === 'tuple') {
      value.namedChildren.forEach((item, i) => this.bind([...path, String(i)], key, item));
    } else if (value.type === 'call') {
      this.call(path, key, value);
    } else if (value.type === 'parenthesized_expression' && value.namedChildren.length === 1) {
      this.bind(path, key, value.namedChildren[0]!);
    } else if (path.length > 0) {
      this.add(path, key, value);
    }
  }

  private call(path: readonly string[], key: Node, call: Node): void {
    const callee = call.childForFieldName('function')!;
    const given = call.childForFieldName('arguments')?.namedChildren ?? [];
    const keywords = given.filter(({ type }) => type === 'keyword_argument');
    const isMapping = mappings.test(callee.text);
    if (/(^|\.)[fF]ield$/.test(callee.text)) {
      const standard = keywords.find((one) => one.childForFieldName('name')?.text === 'default');
      if (standard) this.bind(path, key, standard.childForFieldName('value')!);
      return;
    }
    if (isMapping) {
      for (const one of given)
        if (one.type === 'dictionary' || one.type === 'call') this.bind(path, key, one);
    } else if (keywords.length === 0) {
      if (path.length > 0) this.add(path, key, call);
      return;
    } else {
      // `LazyCall(AdamW)(lr=…)` and `AdamW(lr=…)` alike: what the settings are handed to.
      const target =
        callee.type === 'call' ? (callee.childForFieldName('arguments')?.text ?? '') : callee.text;
      const value = target.replace(/^\(|\)$/g, '');
      this.push([...path, '_target_'], value, key, rangeOf(callee));
    }
    for (const one of keywords) {
      const name = one.childForFieldName('name')!;
      this.bind([...path, name.text], name, one.childForFieldName('value')!);
    }
  }

  private add(path: readonly string[], key: Node, node: Node): void {
    const elsewhere = node.type === 'identifier' ? this.known.get(node.text) : undefined;
    const at = elsewhere && plain(elsewhere) !== undefined ? elsewhere : node;
    const value = plain(at);
    const range = rangeOf(at);
    if (value === undefined) this.push(path, `\${${node.text}}`, key, range);
    else if (typeof value === 'string' && at.type === 'string') {
      const inner = /^['"](?!['"]{2})/.test(at.text) ? withinQuotes(range) : range;
      this.push(path, value, key, inner, { quoted: true, ...(elsewhere ? { shared: true } : {}) });
    } else this.push(path, value, key, range, elsewhere ? { shared: true } : {});
  }

  private push(
    path: readonly string[],
    value: Scalar,
    key: Node,
    valueRange: Range,
    more: { quoted?: true; shared?: true } = {},
  ): void {
    this.entries.push({ path, value, keyRange: rangeOf(key), valueRange, ...more });
  }
}

function plain(node: Node): Scalar | undefined {
  return literal(node) ?? (node.type === 'none' ? null : (arithmetic(node) ?? undefined));
}

/** `lr`, `config.optimizer.lr`, `cfg["lr"]` as keys; null for anything else. */
function placeOf(node: Node): string[] | null {
  if (node.type === 'identifier') return [node.text];
  if (node.type === 'attribute') {
    const place = placeOf(node.childForFieldName('object')!);
    return place && [...place, node.childForFieldName('attribute')!.text];
  }
  if (node.type !== 'subscript') return null;
  const place = placeOf(node.childForFieldName('value')!);
  const name = literal(node.childForFieldName('subscript')!);
  return place && typeof name === 'string' ? [...place, name] : null;
}

function bodyOf(node: Node): readonly Node[] {
  return node.childForFieldName('body')?.namedChildren ?? [];
}

function rangeOf({ startPosition: from, endPosition: to }: Node): Range {
  return {
    start: { line: from.row, character: from.column },
    end: { line: to.row, character: to.column },
  };
}

function isNewConfig(node: Node): boolean {
  return node.type === 'call' && /(^|\.)ConfigDict$/.test(node.childForFieldName('function')?.text ?? '');
}
