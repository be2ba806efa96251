import type { Call } from '../model/call';
import { enclosing, enclosingFunction, isInside, spelled } from '../model/nodes';
import { oncePer } from '../model/once';
import { callsIn, type Script } from '../model/script';
import type { UpdatePoint } from '../model/updatePoints';
import type { Node } from '../parser';
import { clipsIn, writesGradients } from './already';

/** How many functions deep a clip is looked for. */
const DEPTH = 3;

/** A hook on a tensor that bounds its gradient as it is made. */
export const clippingHook = oncePer((script: Script): Node | undefined => {
  const bounds = (text: string): boolean => /clamp|clip/.test(text);
  const hook = script.calls.find((call) => {
    if (call.name !== 'register_hook') return false;
    const [given] = call.args();
    if (!given) return false;
    return (
      bounds(given.value.text) ||
      (functionsByName(script).get(spelled(given.value).replace(/^self\./, '')) ?? []).some((fn) =>
        bounds(fn.text),
      )
    );
  });
  return hook?.node;
});

/** A call between a backward and its step, or the one that makes it, of a function of the same file that clips. */
export function clippedInHelper(
  { scope, statement }: UpdatePoint,
  backward: Node,
  script: Script,
): Node | undefined {
  return callsIn(script, scope).find(
    (call) =>
      call.node.startIndex >= backward.startIndex &&
      call.node.startIndex < statement.startIndex &&
      callsClip(call, DEPTH, script),
  )?.node;
}

function callsClip(call: Call, depth: number, script: Script): boolean {
  if (depth === 0) return false;
  const own = call.receiver === null || call.receiver.text === 'self';
  const bodies = own ? (functionsByName(script).get(call.name) ?? []) : [];
  return bodies.some(
    (fn) =>
      clipsIn(fn, script).length > 0 ||
      writesGradients(fn, script).length > 0 ||
      callsIn(script, fn).some((inner) => inner.name !== call.name && callsClip(inner, depth - 1, script)),
  );
}

/**
 * A clip in the same loop that an update point does not come after, for the same optimizer as far as the next step
 * tells. The other branch of the same `if` clips for itself.
 */
export function clippedInLoop(point: UpdatePoint, script: Script): Node | undefined {
  const { statement, scope, optimizer } = point;
  const loop = enclosing(statement, 'for_statement', 'while_statement');
  if (!loop || !isInside(loop, scope)) return undefined;
  return clipsIn(loop, script).find((clip) => {
    if (clip.startIndex < statement.startIndex || enclosingFunction(clip)?.id !== enclosingFunction(loop)?.id)
      return false;
    if (inOtherBranch(clip, statement)) return false;
    const next = script.updatePoints.find(({ statement: { startIndex } }) => startIndex > clip.startIndex);
    return !next || !isInside(next.statement, loop) || spelled(next.optimizer) === spelled(optimizer);
  });
}

/** Whether two nodes stand in different branches of one `if`. */
export function inOtherBranch(node: Node, other: Node): boolean {
  for (let at = node.parent; at; at = at.parent) {
    if (at.type !== 'if_statement' || !isInside(other, at)) continue;
    const branches = [at.childForFieldName('consequence'), ...at.childrenForFieldName('alternative')];
    const branchOf = (one: Node): number => branches.findIndex((branch) => branch && isInside(one, branch));
    return branchOf(node) !== branchOf(other);
  }
  return false;
}

const functionsByName = oncePer(({ functions }: Script): ReadonlyMap<string, readonly Node[]> => {
  const found = new Map<string, Node[]>();
  for (const fn of functions) {
    const name = fn.childForFieldName('name')?.text ?? '';
    found.set(name, [...(found.get(name) ?? []), fn]);
  }
  return found;
});
