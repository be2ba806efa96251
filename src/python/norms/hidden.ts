import { kindOf } from '../dropout/kinds';
import type { Module } from '../model/modules';
import { isInside, numberOf, parts, statementAround } from '../model/nodes';
import { callsIn, type Script } from '../model/script';
import type { Node } from '../parser';

/**
 * Whether what a layer gives goes on into other layers with weights, and nowhere else: it is not returned, and it is no
 * arm of a product (a gate). Names are followed in the order of the text.
 */
export function isHidden(use: Node, module: Module, forward: Node, script: Script): boolean {
  const takers = weighted(module, forward, script);
  const takes = (node: Node): boolean =>
    takers.some((one) => one.id !== node.id && isInside(node, one) && one.id !== use.id);
  if (takes(use)) return !isFactor(use);
  const start = statementAround(use);
  const first = targetOf(start);
  if (first === null || isFactor(use)) return false;
  const carries = new Set([first]);
  let taken = false;
  for (const statement of statementsAfter(start, forward)) {
    const mentions = statement.descendantsOfType('identifier').filter((one) => isRead(one, carries));
    const bare = mentions.filter((one) => !takes(one));
    if (mentions.length > bare.length) taken = true;
    if (bare.some(isFactor)) return false;
    if (statement.type === 'return_statement' && bare.length > 0) return false;
    const target = targetOf(statement);
    if (target === null) continue;
    if (bare.length > 0) carries.add(target);
    else carries.delete(target);
  }
  return taken;
}

/** The calls of layers that have weights of their own. */
function weighted({ layers }: Module, forward: Node, script: Script): Node[] {
  const names = new Set(
    layers
      .filter(
        ({ className }) =>
          /^(linear|conv|recurrent|other)$/.test(kindOf(className)) && !/Drop|Identity|Soft/.test(className),
      )
      .map(({ attribute }) => attribute),
  );
  return callsIn(script, forward)
    .filter(({ on, name }) => on === 'self' && names.has(name))
    .map(({ node }) => node);
}

/** The plain statements of a method behind another, in order. */
function statementsAfter(start: Node, forward: Node): Node[] {
  return forward
    .descendantsOfType(['expression_statement', 'return_statement'])
    .filter((one) => one.startIndex >= start.endIndex);
}

/** `x` of `x = …` */
function targetOf(statement: Node): string | null {
  const [assignment] = parts(statement);
  const left = assignment?.type === 'assignment' ? assignment.childForFieldName('left') : null;
  return left?.type === 'identifier' ? left.text : null;
}

function isRead(node: Node, names: ReadonlySet<string>): boolean {
  const { parent } = node;
  if (!names.has(node.text)) return false;
  if (parent?.type === 'assignment') return parent.childForFieldName('left')?.id !== node.id;
  if (parent?.type === 'attribute') return parent.childForFieldName('object')?.id === node.id;
  return parent?.type !== 'keyword_argument' || parent.childForFieldName('name')?.id !== node.id;
}

/** Whether a value is multiplied by another one than a number, through functions of it. */
function isFactor(node: Node): boolean {
  const statement = statementAround(node);
  for (let at = node; at.id !== statement.id && at.parent; at = at.parent) {
    const { parent } = at;
    if (parent.type !== 'binary_operator' || parent.childForFieldName('operator')?.text !== '*') continue;
    const other = parent.namedChildren.find(({ id }) => id !== at.id);
    if (numberOf(other) === null) return true;
  }
  return false;
}
