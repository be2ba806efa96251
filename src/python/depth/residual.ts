import { enclosingFunction, spelled } from '../model/nodes';
import type { Module } from '../model/modules';
import type { Node } from '../parser';

const skip = /^(self\.)?\w*(identity|residual|shortcut|skip|downsample)\w*(\(.*\))?$/s;

/** The branches that a block adds to what it was given: `f(x)` of `x + f(x)`. */
export function branches({ forward, layers }: Module): Node[] {
  if (!forward) return [];
  const own = new Set(layers.map(({ attribute }) => attribute));
  return forward.descendantsOfType('binary_operator').flatMap((node) => {
    if (enclosingFunction(node)?.id !== forward.id || !node.children.some(({ type }) => type === '+'))
      return [];
    const left = node.childForFieldName('left');
    const right = node.childForFieldName('right');
    if (!left || !right) return [];
    if (skip.test(spelled(right)) && !skip.test(spelled(left)))
      return left.type === 'identifier' || isOwn(left, own) ? [left] : [];
    if (skip.test(spelled(left)) && !skip.test(spelled(right)))
      return right.type === 'identifier' || isOwn(right, own) ? [right] : [];
    if (left.type === 'identifier' && isOwn(right, own)) return [right];
    return right.type === 'identifier' && isOwn(left, own) ? [left] : [];
  });
}

/** A call of one of the module's own layers, an item of its result included: `self.attn(x)[0]`. */
function isOwn(node: Node, layers: ReadonlySet<string>): boolean {
  const call = node.type === 'subscript' ? node.childForFieldName('value') : node;
  const name = /^self\.(\w+)\(/.exec(call ? spelled(call) : '')?.[1];
  return call?.type === 'call' && name !== undefined && layers.has(name) && !/norm|drop|pos|emb/i.test(name);
}
