import { assignmentsTo } from '../../model/assignments';
import { argument, readCall, type Call } from '../../model/call';
import { enclosingFunction } from '../../model/nodes';
import { oncePer } from '../../model/once';
import { targetOf } from '../../model/optimizers';
import type { Script } from '../../model/script';
import type { Node } from '../../parser';

/** A Kullback-Leibler divergence that PyTorch computes. */
export interface Divergence {
  /** The call that computes it. */
  call: Call;
  /** Where its reduction is set: the call itself, or the making of the loss. */
  made: Call;
  input: Node | undefined;
  target: Node | undefined;
}

/** All of a file: `F.kl_div(…)`, and calls of what `nn.KLDivLoss(…)` was assigned to. */
export const divergences = oncePer((script: Script): readonly Divergence[] => {
  const losses = script.calls.filter(({ path }) => path === 'torch.nn.KLDivLoss');
  const byName = new Map(
    losses.flatMap((made) => {
      const target = targetOf(made.node);
      return target ? [[target.text, made] as const] : [];
    }),
  );
  return script.calls.flatMap((call): Divergence[] => {
    if (/^torch\.(nn\.functional\.)?kl_div$/.test(call.path)) return [read(call, call)];
    const inner =
      call.callee.type === 'call' ? losses.find(({ node }) => node.id === call.callee.id) : undefined;
    const made =
      inner ?? (/^(self\.)?\w+$/.test(call.callee.text) ? byName.get(call.callee.text) : undefined);
    return made && made.node.id !== call.node.id ? [read(call, made)] : [];
  });
});

function read(call: Call, made: Call): Divergence {
  return {
    call,
    made,
    input: argument(call, 'input', 0)?.value,
    target: argument(call, 'target', 1)?.value,
  };
}

/** The expression that a name was given last before its use in the same function, or the node itself. */
export function lastGiven(node: Node, { assignments }: Script): Node {
  if (node.type !== 'identifier') return node;
  const scope = enclosingFunction(node);
  const made = assignmentsTo(assignments, node.text, scope ?? undefined).filter(
    (one) => one.node.endIndex <= node.startIndex && one.scope?.id === scope?.id,
  );
  return made.at(-1)?.value ?? node;
}

const softmax = /^(torch\.softmax|torch\.nn\.functional\.softmax|torch\.nn\.Softmax)$/;

/** The softmax that an expression is, and nothing else; null where it is something else. */
export function softmaxOf(node: Node, script: Script): Call | null {
  const call = node.type === 'call' ? readCall(node, script.imports) : null;
  if (!call) return null;
  const method =
    call.name === 'softmax' &&
    call.receiver !== null &&
    !/^(torch|F|nn|functional)\b/.test(call.receiver.text);
  const layer =
    call.callee.type === 'call' && softmax.test(readCall(call.callee, script.imports)?.path ?? '');
  return softmax.test(call.path) || layer || method ? call : null;
}
