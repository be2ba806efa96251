import { isInside, parts, spelled } from '../model/nodes';
import { callsIn, type Script } from '../model/script';
import type { UpdatePoint } from '../model/updatePoints';
import type { Node } from '../parser';
import { inOtherBranch } from './indirect';

/**
 * Whether gradients are unscaled on the way to a step: a second unscale_ raises, and a clip without one bounds
 * gradients that are still scaled. `sometimes` is where only a condition that leads on to the step does it.
 */
export function unscaledBefore(
  { statement, scope, optimizer }: UpdatePoint,
  script: Script,
): 'always' | 'never' | 'sometimes' {
  const states = callsIn(script, scope)
    .filter(
      (call) =>
        call.name === 'unscale_' &&
        call.node.startIndex < statement.startIndex &&
        call.args().some(({ value }) => spelled(value) === spelled(optimizer)),
    )
    .map(({ node }) => stateOf(node, statement));
  if (states.includes('always')) return 'always';
  return states.includes('sometimes') ? 'sometimes' : 'never';
}

function stateOf(unscale: Node, step: Node): 'always' | 'never' | 'sometimes' {
  // What another branch unscales is another update's.
  if (inOtherBranch(unscale, step)) return 'never';
  let state: 'always' | 'sometimes' = 'always';
  for (let at = unscale.parent; at && !isInside(step, at); at = at.parent) {
    if (at.type !== 'block' || !isConditional(at)) continue;
    const last = parts(at).at(-1)?.type ?? '';
    if (/^(return|continue|break|raise)_statement$/.test(last)) return 'never';
    state = 'sometimes';
  }
  return state;
}

/** Whether a block may be passed over; the one of a `with` or a `try` is not. */
function isConditional({ parent }: Node): boolean {
  return /^(if|for|while)_statement$|^(elif|else|except|case)_clause$/.test(parent?.type ?? '');
}
