import type { Node as Raw } from 'web-tree-sitter';
import { Surroundings } from './surroundings';

export interface Point {
  row: number;
  column: number;
}

/** The text and all nodes of it that were met so far, each by its id: there is one object a node. */
export class Page {
  private readonly met = new Map<number, Node>();
  private surroundings = new Surroundings([]);
  private readonly fields: readonly (string | null)[];
  private readonly types: readonly string[];
  /** Whether there is no syntax error anywhere. */
  readonly isWhole: boolean;

  constructor(
    readonly source: string,
    private readonly rootNode: Raw,
  ) {
    const { tree, hasError } = rootNode;
    this.isWhole = !hasError;
    this.fields = tree.language.fields;
    this.types = tree.language.types;
  }

  node(raw: Raw): Node {
    const known = this.met.get(raw.id);
    if (known) return known;
    const made = new Node(raw, this);
    this.met.set(raw.id, made);
    return made;
  }

  /** Remembers the nodes that others lie within, in order of the text, so that what is around a node is found without the tree. */
  keepSurroundings(containers: readonly Node[]): void {
    this.surroundings = new Surroundings(containers);
  }

  /** The innermost kept node of some types around another. */
  around(node: Node, types: readonly string[]): Node | null {
    return this.surroundings.around(node, types);
  }

  nodes(raws: readonly (Raw | null)[], parent: Node | null = null): Node[] {
    const found: Node[] = [];
    for (const raw of raws) {
      if (!raw) continue;
      const node = this.node(raw);
      if (parent) node.knowParent(parent);
      found.push(node);
    }
    return found;
  }

  /** The smallest node around a piece of the text. */
  nodeAt(start: number, end: number): Node | null {
    const raw = this.rootNode.descendantForIndex(start, end);
    return raw && this.node(raw);
  }

  typeOf({ typeId }: Raw): string {
    return this.types[typeId] ?? 'ERROR';
  }

  fieldId(name: string): number {
    return this.fields.indexOf(name);
  }
}

/**
 * A node of the syntax tree that asks the grammar's memory for each thing at most once: every property of a tree-sitter
 * node is a call into WebAssembly, and the parent is looked for from the root. Good until its tree is deleted.
 */
export class Node {
  readonly id: number;
  readonly startIndex: number;
  private ownType?: string;
  private end?: number;
  private written?: string;
  private outer?: Node | null;
  private inner?: readonly Node[];
  private innerNamed?: readonly Node[];
  private byField?: Map<string, Node | null>;

  constructor(
    private readonly raw: Raw,
    private readonly page: Page,
  ) {
    this.id = raw.id;
    this.startIndex = raw.startIndex;
  }

  get type(): string {
    return (this.ownType ??= this.page.typeOf(this.raw));
  }

  get endIndex(): number {
    return (this.end ??= this.raw.endIndex);
  }

  get text(): string {
    return (this.written ??= this.page.source.slice(this.startIndex, this.endIndex));
  }

  get startPosition(): Point {
    return this.raw.startPosition;
  }

  get endPosition(): Point {
    return this.raw.endPosition;
  }

  get parent(): Node | null {
    if (this.outer === undefined) {
      const { parent } = this.raw;
      this.outer = parent && this.page.node(parent);
    }
    return this.outer;
  }

  get children(): readonly Node[] {
    return (this.inner ??= this.page.nodes(this.raw.children, this));
  }

  get namedChildren(): readonly Node[] {
    return (this.innerNamed ??= this.page.nodes(this.raw.namedChildren, this));
  }

  get firstNamedChild(): Node | null {
    return this.namedChildren[0] ?? null;
  }

  get nextNamedSibling(): Node | null {
    const next = this.raw.nextNamedSibling;
    return next && this.page.node(next);
  }

  get previousNamedSibling(): Node | null {
    const before = this.raw.previousNamedSibling;
    return before && this.page.node(before);
  }

  get isNamed(): boolean {
    return this.raw.isNamed;
  }

  /** Whether the tree that it is of has no syntax error anywhere. */
  get isOfWholeTree(): boolean {
    return this.page.isWhole;
  }

  get isError(): boolean {
    return !this.page.isWhole && this.raw.isError;
  }

  get isMissing(): boolean {
    return !this.page.isWhole && this.raw.isMissing;
  }

  get hasError(): boolean {
    return !this.page.isWhole && this.raw.hasError;
  }

  childForFieldName(name: string): Node | null {
    const known = this.byField?.get(name);
    if (known !== undefined) return known;
    const id = this.page.fieldId(name);
    const raw = id > 0 ? this.raw.childForFieldId(id) : null;
    const node = raw && this.page.node(raw);
    node?.knowParent(this);
    (this.byField ??= new Map()).set(name, node);
    return node;
  }

  childrenForFieldName(name: string): Node[] {
    return this.page.nodes(this.raw.childrenForFieldName(name));
  }

  descendantsOfType(types: string | string[]): Node[] {
    return this.page.nodes(this.raw.descendantsOfType(types));
  }

  /** The smallest node around a piece of the text, this node being the root. */
  nodeAt(start: number, end: number): Node | null {
    return this.page.nodeAt(start, end);
  }

  /** The innermost node of some types around this one, if all of those types are kept by the page. */
  around(types: readonly string[]): Node | null {
    return this.page.around(this, types);
  }

  /** Its parent gave it as a child. */
  knowParent(parent: Node): void {
    this.outer ??= parent;
  }
}
