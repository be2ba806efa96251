import { enclosingFunction, spelled } from '../model/nodes';
import type { TextEdit } from '../../remedies/textEdit';
import { insertAfterNode, insertBeforeNode, replaceNode } from '../edit/insert';
import type { Module } from '../model/modules';
import type { Node } from '../parser';

const skip = /^(self\.)?\w*(identity|residual|shortcut|skip|downsample)\w*(\(.*\))?$/s;

/** A branch that a block adds to what it was given. */
export interface Branch {
  /** The edits that drop it by a layer: `f(x)` of `x + f(x)`, `out` of `out += identity`. */
  dropped(layer: string): TextEdit[];
}

/** The branches of a block, in order of the text within each way of writing them. */
export function branches(module: Module): Branch[] {
  const { forward } = module;
  // Most forwards add nothing: their text says so without a look at the tree.
  if (!forward?.text.includes('+')) return [];
  const inPlace = (
    forward.text.includes('+=') ? forward.descendantsOfType('augmented_assignment') : []
  ).flatMap((node): Branch[] => {
    const left = node.childForFieldName('left');
    const right = node.childForFieldName('right');
    const adds = node.children.some(({ type }) => type === '+=');
    if (!left || !right || !adds || enclosingFunction(node)?.id !== forward.id) return [];
    if (left.type !== 'identifier' || skip.test(left.text) || !skip.test(spelled(right))) return [];
    return [
      { dropped: (layer) => [replaceNode(node, `${left.text} = ${layer}(${left.text}) + ${right.text}`)] },
    ];
  });
  const written = summands(module, forward).map((node): Branch => ({
    dropped: (layer) => [insertBeforeNode(node, `${layer}(`), insertAfterNode(node, ')')],
  }));
  return [...written, ...inPlace];
}

function summands({ layers }: Module, forward: Node): Node[] {
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
