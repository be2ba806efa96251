import type { Node } from '../parser';
import type { Call } from './call';
import { functionCalled } from './functions';
import { enclosingFunction, isInside } from './nodes';
import { oncePer } from './once';
import { callsIn, type Script } from './script';
import type { Backward } from './training';
import type { UpdatePoint } from './updatePoints';
import { within } from './within';

const nodesOf = oncePer((backwards: Script['backwards']) =>
  backwards.map((backward) => ({ node: backward.call.node, backward })),
);

/** What makes the gradients of a step. */
export interface LastBackward extends Backward {
  /** Where that happens in the function of the step: the backward itself, or the call of what holds it. */
  at: Node;
}

/** The last `….backward(…)` before the step in its function, or the call there of a function of the file that makes one. */
export function lastBackward({ statement, scope }: UpdatePoint, script: Script): LastBackward | undefined {
  const found = within(nodesOf(script.backwards), scope).findLast(
    ({ node }) => node.endIndex <= statement.startIndex,
  );
  if (found) return { ...found.backward, at: found.node };
  return backwardInHelper(statement, scope, script);
}

/** How many functions deep a backward is looked for. */
const DEPTH = 3;

/** `self.backward_G()`: the names of its function must mean the same here, so that only `self` may be named. */
function backwardInHelper(statement: Node, scope: Node, script: Script): LastBackward | undefined {
  const before = callsIn(script, scope).filter(
    ({ node }) => node.endIndex <= statement.startIndex && enclosingFunction(node)?.id === scopeId(scope),
  );
  for (const call of before.reverse()) {
    const made = backwardOf(call, DEPTH, script);
    const named = made && (isAccelerator(made.receiver, script) || isFabric(made.receiver, script));
    if (made && !(named && !made.receiver.startsWith('self.'))) return { ...made, at: call.node };
  }
  return undefined;
}

const scopeId = (scope: Node): number | undefined =>
  scope.type === 'function_definition' ? scope.id : undefined;

function backwardOf(call: Call, depth: number, script: Script): Backward | undefined {
  const fn = depth > 0 ? functionCalled(call, script) : null;
  if (!fn) return undefined;
  // What also steps there is an update of its own, whose gradients are spent.
  if (script.updatePoints.some(({ statement }) => isInside(statement, fn))) return undefined;
  const own = within(nodesOf(script.backwards), fn).at(-1)?.backward;
  if (own) return own;
  for (const inner of callsIn(script, fn).reverse()) {
    const made = inner.name === call.name ? undefined : backwardOf(inner, depth - 1, script);
    if (made) return made;
  }
  return undefined;
}

/** Whether what goes backward is an Accelerator. */
export function isAccelerator(name: string, script: Script): boolean {
  return /(^|\.)_?accelerator$/i.test(name) || targets(script, 'accelerate').has(name);
}

/** Whether it is a Fabric. */
export function isFabric(name: string, script: Script): boolean {
  return /(^|\.)_?fabric$/i.test(name) || targets(script, 'fabric').has(name);
}

function targets({ wrappers }: Script, kind: string): Set<string | null> {
  return new Set(wrappers.filter((one) => one.kind === kind).map(({ target }) => target));
}
