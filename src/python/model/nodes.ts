import type { Node } from '../parser';
import { kept } from '../surroundings';
import { oncePer } from './once';

/** The expression without line breaks and runs of blanks, to compare two spellings of it. */
export function spelled(node: Node): string {
  return node.text.replace(/\s+/g, '');
}

/** The named children that mean something: comments left out. */
export function parts(node: Node | null): Node[] {
  return (node?.namedChildren ?? []).filter(({ type }) => type !== 'comment');
}

/** Whether a node lies within another, which may be itself. */
export function isInside(node: Node, ancestor: Node): boolean {
  const { startIndex } = node;
  if (startIndex < ancestor.startIndex || startIndex >= ancestor.endIndex) return false;
  return startIndex > ancestor.startIndex || node.endIndex <= ancestor.endIndex;
}

/** The nearest node of a type around another, itself left out. */
export function enclosing(node: Node, ...types: string[]): Node | null {
  if (types.every((type) => kept.has(type))) return node.around(types);
  for (let at = node.parent; at; at = at.parent) if (types.includes(at.type)) return at;
  return null;
}

/** The innermost function around a node, or null at module level (class bodies count as their surroundings). */
export function enclosingFunction(node: Node): Node | null {
  return enclosing(node, 'function_definition');
}

export function enclosingClass(node: Node): Node | null {
  return enclosing(node, 'class_definition');
}

/** The statement that a node is a part of: a child of a block or of the module. */
export function statementAround(node: Node): Node {
  let at = node;
  while (at.parent && at.parent.type !== 'block' && at.parent.type !== 'module') at = at.parent;
  return at;
}

/** The statements of a function or class body. */
export function bodyOf(definition: Node): Node[] {
  return parts(definition.childForFieldName('body'));
}

/** Names of a function's parameters, defaults and annotations aside. */
export const parameterNames = oncePer((fn: Node): readonly string[] =>
  parts(fn.childForFieldName('parameters')).map((item) => {
    if (item.type === 'identifier') return item.text;
    const name = item.childForFieldName('name');
    if (name) return name.text;
    const first = item.firstNamedChild;
    return (first?.type === 'identifier' ? first : (item.descendantsOfType('identifier')[0] ?? item)).text;
  }),
);

/** `if TYPE_CHECKING:` is never true when the script runs. */
export function isForTypesOnly(node: Node): boolean {
  for (let at = node.parent; at; at = at.parent) {
    if (at.type === 'if_statement' && /TYPE_CHECKING/.test(at.childForFieldName('condition')?.text ?? ''))
      return true;
  }
  return false;
}

/** The value of a number that is written out, `-1e-4` and `1_000` included; null for anything else. */
export function numberOf(node: Node | null | undefined): number | null {
  const text = node?.text.replace(/_/g, '') ?? '';
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : null;
}

/** The text in the quotes of a plain string; null for anything else. */
export function stringOf(node: Node | null | undefined): string | null {
  const match = /^[rRuU]?(["'])(.*)\1$/s.exec(node?.type === 'string' ? node.text : '');
  return match ? match[2]! : null;
}

/** Whether a syntax error covers a statement or its block. */
export function isBroken(statement: Node): boolean {
  if (statement.isOfWholeTree) return false;
  if (statement.hasError || statement.parent?.children.some((child) => child.isError) === true) return true;
  for (let at: Node | null = statement; at; at = at.parent) if (at.isError) return true;
  return false;
}
