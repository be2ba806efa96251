import { lastBackward, type LastBackward } from '../model/lastBackward';
import { functionCalled } from '../model/functions';
import { enclosingFunction, isInside, spelled, statementAround } from '../model/nodes';
import { callsOf } from '../model/phase';
import { callsIn, type Script } from '../model/script';
import type { UpdatePoint } from '../model/updatePoints';
import type { Node } from '../parser';
import { clipsIn } from './already';

/** What makes the gradients of a step in a function of its own, or the clip or unscaling that its callers do. */
export type ByCallers = { made: LastBackward } | { done: Node };

/**
 * A step in a function without a backward, `def optimize(self): self.opt.step()`: all its callers in the file have one
 * before they call it. Null where one has not, or where a framework goes backward.
 */
export function backwardOfCallers(point: UpdatePoint, script: Script): ByCallers | null {
  const fn = point.scope;
  if (fn.type !== 'function_definition') return null;
  const calls = callsOf(fn, script).filter(
    (call) => !isInside(call.node, fn) && functionCalled(call, script)?.id === fn.id,
  );
  let made: LastBackward | null = null;
  for (const { node } of calls) {
    const scope = enclosingFunction(node) ?? script.root;
    const found = lastBackward({ ...point, statement: statementAround(node), scope }, script);
    if (!found || /accelerator|fabric|engine/i.test(found.receiver)) return null;
    if (found.receiver === spelled(point.optimizer)) return null;
    const done = [
      ...clipsIn(scope, script),
      ...callsIn(script, scope)
        .filter(({ name }) => name === 'unscale_')
        .map((call) => call.node),
    ].find(({ startIndex }) => startIndex < node.startIndex);
    if (done) return { done };
    made ??= { ...found, at: fn };
  }
  return made && { made };
}
