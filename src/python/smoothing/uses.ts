import type { Call } from '../model/call';
import { functionCalled, parameterFor } from '../model/functions';
import { isInside } from '../model/nodes';
import { usesOf } from '../model/mentions';
import { servesBothPhases } from './shared';
import { phaseOf, phaseOfName, type Phase } from '../model/phase';
import { oncePer } from '../model/once';
import type { Script } from '../model/script';
import type { Node } from '../parser';

/** One place where a criterion is used, and when that runs. */
export interface Use {
  node: Node;
  phase: UsePhase;
}

/** `both` where one line computes the loss of either phase. */
export type UsePhase = Phase | 'both';

/** How many functions a criterion is followed into. */
const DEPTH = 3;

/** Where the criterion that is assigned at a node is used, moves to a device aside. */
export function criterionUses(target: Node, script: Script, depth = DEPTH): Use[] {
  const uses: Use[] = [];
  for (const node of usesOf(target.text, target, script)) {
    if (node.id === target.id || isMove(node)) continue;
    uses.push({ node, phase: phaseOfUse(node, script, depth) });
  }
  return uses;
}

const callByNode = oncePer(({ calls }: Script) => new Map(calls.map((call) => [call.node.id, call])));

function phaseOfUse(node: Node, script: Script, depth: number): UsePhase {
  const { parent } = node;
  if (parent?.type === 'call') return servesBothPhases(node, script) ? 'both' : phaseOf(node, script);
  const list = parent?.type === 'keyword_argument' ? parent.parent : parent;
  const call =
    list?.type === 'argument_list' && list.parent ? callByNode(script).get(list.parent.id) : undefined;
  return call ? phaseOfArgument(call, node, script, depth) : 'unknown';
}

/** What a function does with a criterion that it is handed: as the file shows, or else as its name says. */
function phaseOfArgument(call: Call, given: Node, script: Script, depth: number): UsePhase {
  const fn = functionCalled(call, script);
  if (!fn) return /^[A-Z]/.test(call.name) ? 'unknown' : phaseOfName(call.name);
  const name = parameterFor(call, fn, given);
  if (name === null || depth === 0) return 'unknown';
  const inner = usesOf(name, fn.childForFieldName('body') ?? fn, script).filter((one) => isInside(one, fn));
  const phases = new Set(
    inner.filter((one) => !isMove(one)).map((one) => phaseOfUse(one, script, depth - 1)),
  );
  const [only] = phases;
  if (phases.has('both')) return 'both';
  return phases.size === 1 ? only! : 'unknown';
}

/** `criterion = criterion.to(device)`, `criterion.cuda()`: no use of it. */
function isMove(node: Node): boolean {
  const { parent } = node;
  if (parent?.type === 'assignment') return parent.childForFieldName('left')?.id === node.id;
  return (
    parent?.type === 'attribute' &&
    /^(to|cuda|cpu|double|half|float|train|eval)$/.test(parent.childForFieldName('attribute')?.text ?? '')
  );
}
