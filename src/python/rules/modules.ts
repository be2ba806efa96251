import { enclosing, enclosingFunction, parameterNames } from '../model/nodes';
import type { Module } from '../model/modules';
import type { Script } from '../model/script';
import type { Node } from '../parser';

/** The PyTorch module whose method a node stands in, where `self` is at hand. */
export function methodAround(node: Node, script: Script): { module: Module; method: Node } | null {
  const method = enclosingFunction(node);
  if (!method || parameterNames(method)[0] !== 'self' || enclosing(node, 'lambda')) return null;
  const owner = enclosing(method, 'class_definition', 'function_definition');
  const module = script.modules.find(
    ({ node: { id }, library }) => id === owner?.id && /torch|lightning/.test(library),
  );
  return module ? { module, method } : null;
}
