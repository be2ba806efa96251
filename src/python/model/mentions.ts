import type { Node } from '../parser';
import { assignmentsTo } from './assignments';
import type { Call } from './call';
import { enclosingClass, enclosingFunction, parameterNames } from './nodes';
import { oncePer } from './once';
import type { Script } from './script';

/**
 * The places where a file says a name, or a name of an object (`self.model`), in order: as an expression, so that
 * keywords, strings and comments are none.
 */
export function mentionsOf(name: string, { root, text: { source } }: Script): Node[] {
  const found: Node[] = [];
  const pattern = new RegExp(`(?<![\\w.])${name.replaceAll('.', '\\.')}(?!\\w)`, 'g');
  for (const { index } of source.matchAll(pattern)) {
    const node = root.nodeAt(index, index + name.length);
    if (node && /^(identifier|attribute)$/.test(node.type) && node.text === name && !isLabel(node))
      found.push(node);
  }
  return found;
}

/** The name of a keyword argument or of a parameter is no use of what it names. */
function isLabel(node: Node): boolean {
  const { parent } = node;
  if (!parent) return false;
  if (/^(keyword_argument|default_parameter|typed_parameter|typed_default_parameter)$/.test(parent.type))
    return parent.childForFieldName('name')?.id === node.id || parent.firstNamedChild?.id === node.id;
  return /^(parameters|lambda_parameters)$/.test(parent.type);
}

/** What binds the name that stands at a node: a function, a class for `self.…`, or null for the module. */
export function binderOf(name: string, at: Node, script: Script): Node | null {
  if (name.startsWith('self.')) return enclosingClass(at);
  for (let fn = enclosingFunction(at); fn; fn = enclosingFunction(fn)) {
    if (parameterNames(fn).includes(name)) return fn;
    if (assignmentsTo(script.assignments, name, fn).some(({ scope }) => scope?.id === fn.id)) return fn;
  }
  return null;
}

/** The mentions of one variable: those of its name that the same function, class or module binds. */
export function usesOf(name: string, at: Node, script: Script): Node[] {
  const binder = binderOf(name, at, script);
  return mentionsOf(name, script).filter((one) => binderOf(name, one, script)?.id === binder?.id);
}

/** What is asked of a mention: `eval` of the `model` in `model.eval`. */
export function methodOf({ parent }: Node): string | null {
  return parent?.type === 'attribute' ? (parent.childForFieldName('attribute')?.text ?? null) : null;
}

const callByNode = oncePer(({ calls }: Script) => new Map(calls.map((call) => [call.node.id, call])));

/** The call that a node is an argument of: `validate` of the `model` in `validate(model, loader)`. */
export function callOfArgument({ parent }: Node, script: Script): Call | undefined {
  const list = parent?.type === 'keyword_argument' ? parent.parent : parent;
  return list?.type === 'argument_list' && list.parent ? callByNode(script).get(list.parent.id) : undefined;
}
