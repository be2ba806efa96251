import type { Node } from './parser';

/** How the script reaches PyTorch: the names that its imports bind. */
export interface TorchNames {
  /** `torch`, or what it is called (`import torch as th`); null when only parts of it are imported. */
  torch: string | null;
  /** What `torch.nn` is called, if it has a name of its own. */
  nn: string | null;
  /** What `clip_grad_norm_` is called, if it was imported by name. */
  clip: string | null;
}

/** Every module that the file imports, dotted names whole, `from a import b` as both `a` and `a.b`. */
export function importedModules(root: Node): Set<string> {
  const modules = new Set<string>();
  for (const node of root.descendantsOfType(['import_statement', 'import_from_statement'])) {
    const from = node.childForFieldName('module_name')?.text;
    if (from !== undefined) modules.add(from);
    for (const { name } of namesIn(node)) modules.add(from === undefined ? name : `${from}.${name}`);
  }
  return modules;
}

/** Reads the top-level imports, and the ones below `try:` or `if` there. */
export function torchNames(root: Node): TorchNames {
  const names: TorchNames = { torch: null, nn: null, clip: null };
  for (const node of root.descendantsOfType(['import_statement', 'import_from_statement'])) {
    if (enclosingFunction(node) || isForTypesOnly(node)) continue;
    const from = node.childForFieldName('module_name')?.text;
    for (const { name, bound } of namesIn(node)) {
      const whole = from === undefined ? name : `${from}.${name}`;
      if (whole === 'torch' || (from === undefined && name.startsWith('torch.') && bound === null)) {
        names.torch = bound ?? 'torch';
      } else if (whole === 'torch.nn') names.nn = bound ?? 'nn';
      else if (
        whole === 'torch.nn.utils.clip_grad_norm_' ||
        whole === 'torch.nn.utils.clip_grad.clip_grad_norm_'
      ) {
        names.clip = bound ?? 'clip_grad_norm_';
      }
    }
  }
  return names;
}

/** `if TYPE_CHECKING:` is never true when the script runs. */
export function isForTypesOnly(node: Node): boolean {
  for (let at = node.parent; at; at = at.parent) {
    if (at.type === 'if_statement' && /TYPE_CHECKING/.test(at.childForFieldName('condition')?.text ?? ''))
      return true;
  }
  return false;
}

/** The imported names of one statement; `bound` is the `as` name. */
function namesIn(node: Node): { name: string; bound: string | null }[] {
  return node.childrenForFieldName('name').flatMap((item) => {
    if (!item) return [];
    if (item.type !== 'aliased_import') return [{ name: item.text, bound: null }];
    const name = item.childForFieldName('name')?.text ?? '';
    return [{ name, bound: item.childForFieldName('alias')?.text ?? null }];
  });
}

/** The innermost function around a node, or null at module level (class bodies count as their surroundings). */
export function enclosingFunction(node: Node): Node | null {
  for (let at = node.parent; at; at = at.parent) if (at.type === 'function_definition') return at;
  return null;
}

export function enclosingClass(node: Node): Node | null {
  for (let at = node.parent; at; at = at.parent) if (at.type === 'class_definition') return at;
  return null;
}

/** Names of a function's parameters, defaults and annotations aside. */
export function parameterNames(fn: Node): string[] {
  const parameters = fn.childForFieldName('parameters')?.namedChildren ?? [];
  return parameters.flatMap((item) => {
    if (!item) return [];
    const name = item.childForFieldName('name') ?? item.descendantsOfType('identifier')[0] ?? item;
    return [name.text];
  });
}

/** The expression without line breaks and runs of blanks, to compare two spellings of it. */
export function spelled(node: Node): string {
  return node.text.replace(/\s+/g, '');
}
