import { enclosing, isInside, parts, statementAround } from '../model/nodes';
import { callsIn, type Script } from '../model/script';
import type { UpdatePoint } from '../model/updatePoints';
import type { Node } from '../parser';

/** The innermost loop around a node in the same function, or null. */
export function loopAround(node: Node): Node | null {
  const found = enclosing(node, 'for_statement', 'while_statement', 'function_definition', 'lambda');
  return found && /^(for|while)_statement$/.test(found.type) ? found : null;
}

/** The update points that stand within a node. */
export function pointsIn(node: Node, { updatePoints }: Script): UpdatePoint[] {
  return updatePoints.filter(({ statement }) => isInside(statement, node));
}

/** Whether a gradient is made within a node. */
export function hasBackward(node: Node, { backwards }: Script): boolean {
  return backwards.some(({ call }) => isInside(call.node, node));
}

/** The statements of the block that one stands in, itself among them, and its place. */
export function siblingsOf(statement: Node): { all: Node[]; at: number } {
  const all = parts(statement.parent);
  return { all, at: all.findIndex(({ id }) => id === statement.id) };
}

/** Whether a call is all that its statement does, its value kept or not. */
export function isWholeStatement(call: Node): boolean {
  const statement = statementAround(call);
  if (statement.type !== 'expression_statement') return false;
  const [inner] = parts(statement);
  return (
    inner?.id === call.id ||
    (inner?.type === 'assignment' && inner.childForFieldName('right')?.id === call.id)
  );
}

/** Whether some `if` around a node, up to another node, says such a word in its condition. */
export function isUnder(node: Node, condition: RegExp, upTo: Node | null = null): boolean {
  for (let at = node.parent; at && at.id !== upTo?.id; at = at.parent) {
    const clause = /^(if_statement|elif_clause)$/.test(at.type) ? at.childForFieldName('condition') : null;
    if (clause && !isInside(node, clause) && condition.test(clause.text)) return true;
  }
  return false;
}

/** Whether a node is passed over under some condition, up to another node. */
export function isConditional(node: Node, upTo: Node | null = null): boolean {
  for (let at = node.parent; at && at.id !== upTo?.id; at = at.parent)
    if (/^(if_statement|except_clause|match_statement)$/.test(at.type)) return true;
  return false;
}

/** Whether a function with such a name is called within a node. */
export function callsNamed(node: Node, name: RegExp, script: Script): boolean {
  return callsIn(script, node).some((call) => name.test(call.name));
}

/**
 * Whether a node stands in the same run of the code as another and is no part of it: not in another loop, nor in an
 * `else`, nor under a condition that says such a word. What is around both counts for neither.
 */
export function isBeside(node: Node, other: Node, condition: RegExp): boolean {
  if (isInside(node, other)) return false;
  let at: Node = node;
  while (at.parent && !isInside(other, at.parent)) {
    at = at.parent;
    if (
      /^(for_statement|while_statement|else_clause|except_clause|function_definition|lambda)$/.test(at.type)
    )
      return false;
    const clause = /^(if_statement|elif_clause)$/.test(at.type) ? at.childForFieldName('condition') : null;
    if (clause && condition.test(clause.text)) return false;
  }
  return true;
}
