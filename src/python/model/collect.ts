import { Query } from 'web-tree-sitter';
import { Page, type Node } from '../node';
import type { RawNode } from '../parser';
import { kept } from '../surroundings';
import { readAssignment, readDottedAssignment, type Assignment } from './assignments';
import { readCall, readDottedCall, type Call } from './call';
import type { Imports } from './imports';

/** What the model of a script is made of. */
const types = [
  'import_statement',
  'import_from_statement',
  'future_import_statement',
  'call',
  'assignment',
  'augmented_assignment',
  'function_definition',
  'class_definition',
  'with_statement',
  'subscript',
  'for_statement',
  'while_statement',
];

/** The nodes of a file that mean something to the model, by type, in order of the text. */
export interface Collected {
  root: Node;
  source: string;
  of: (...types: string[]) => readonly Node[];
  errors: readonly Node[];
  hasError: boolean;
}

let errorQuery: Query | null = null;

/** One pass over the tree. */
export function collect(source: string, root: RawNode): Collected {
  const page = new Page(source, root);
  const { hasError } = root;
  const found = new Map<string, Node[]>(types.map((type) => [type, []]));
  const all = page.nodes(root.descendantsOfType(types));
  for (const node of all) found.get(node.type)!.push(node);
  page.keepSurroundings(all.filter(({ type }) => kept.has(type)));
  return {
    root: page.node(root),
    source,
    of: (...names) =>
      names.length === 1 ? found.get(names[0]!)! : all.filter(({ type }) => names.includes(type)),
    errors: hasError ? page.nodes(errorsIn(root)) : [],
    hasError,
  };
}

function errorsIn(root: RawNode): RawNode[] {
  errorQuery ??= new Query(root.tree.language, '(ERROR) @error');
  return errorQuery.captures(root).map(({ node }) => node);
}

const dottedCall = /([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)\(/y;
const dottedTarget = /([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*) ?=(?!=)/y;

/**
 * The calls of a file. Where several begin at the same place, `a.b(x).c(y)`, the last one is the innermost, whose
 * callee holds no other call: if it begins with a dotted name and a parenthesis, then that name is its callee.
 */
export function readCalls({ of, source, hasError }: Collected, imports: Imports): Call[] {
  const nodes = of('call');
  return nodes.flatMap((node, i) => {
    const innermost = nodes[i + 1]?.startIndex !== node.startIndex;
    const dotted = innermost && !hasError ? textAt(dottedCall, source, node.startIndex) : null;
    const call = dotted === null ? readCall(node, imports) : readDottedCall(node, dotted, imports);
    return call ? [call] : [];
  });
}

export function readAssignments({ of, source, hasError }: Collected): Assignment[] {
  return of('assignment').flatMap((node) => {
    const target = !hasError ? textAt(dottedTarget, source, node.startIndex) : null;
    return target === null ? readAssignment(node) : [readDottedAssignment(node, target)];
  });
}

/** `x += …`, `p.grad *= …` */
export function readAugmented({ of }: Collected): Assignment[] {
  return of('augmented_assignment').flatMap(readAssignment);
}

function textAt(pattern: RegExp, source: string, start: number): string | null {
  pattern.lastIndex = start;
  return pattern.exec(source)?.[1] ?? null;
}
