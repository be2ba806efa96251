import type { Module } from './model/modules';
import { parts, spelled } from './model/nodes';
import type { Node } from './parser';

/** Functions that are activations of hidden layers: a sigmoid may be a gate. */
export const activeFunction = /^(relu6?|gelu|silu|leaky_relu|elu|celu|selu|tanh|mish|hardswish|swish)_?$/i;
/** The same as classes. */
export const activeClass = /^(ReLU6?|GELU|SiLU|LeakyReLU|ELU|CELU|Tanh|PReLU|Mish|Hardswish|Activation)$/;
const passing = /^(\w*max_pool\w*|\w*avg_pool\w*|pool\w*|dropout\w*|\w*[dD]rop\w*)$/;

/** Whether what a layer gives goes into an activation: straight, through pooling or dropout, or in the next line. */
export function feedsActivation(use: Node, module: Module): boolean {
  let at = use;
  for (;;) {
    const { parent } = at;
    if (parent?.type === 'attribute')
      return (
        activeFunction.test(parent.childForFieldName('attribute')?.text ?? '') &&
        parent.parent?.type === 'call'
      );
    const call = parent?.type === 'argument_list' ? parent.parent : null;
    if (!call) break;
    const name = spelled(call.childForFieldName('function')!);
    if (isActivation(name, module)) return true;
    if (!passing.test(name.split('.').at(-1)!)) return false;
    at = call;
  }
  const assignment = at.parent;
  if (assignment?.type !== 'assignment') return false;
  const target = assignment.childForFieldName('left')!.text;
  const next = parts(assignment.parent?.nextNamedSibling ?? null)[0];
  const value = next?.type === 'assignment' ? next.childForFieldName('right') : null;
  if (value?.type !== 'call') return false;
  const first = parts(value.childForFieldName('arguments'))[0];
  return isActivation(spelled(value.childForFieldName('function')!), module) && first?.text === target;
}

function isActivation(callee: string, { layers }: Module): boolean {
  const last = callee.split('.').at(-1)!;
  const own = callee.startsWith('self.') ? layers.find(({ attribute }) => attribute === last) : undefined;
  return own ? activeClass.test(own.className) : activeFunction.test(last) && !/^self\./.test(callee);
}
