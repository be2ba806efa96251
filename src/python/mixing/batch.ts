import { mentionsOf } from '../model/mentions';
import { enclosing, isInside, parts, statementAround } from '../model/nodes';
import { oncePer } from '../model/once';
import type { Script } from '../model/script';
import type { UpdatePoint } from '../model/updatePoints';
import type { Node } from '../parser';

/** The inputs and labels of a training batch, and where they are at hand. */
export interface Batch {
  inputs: string;
  labels: string;
  /** The first statement of the loop, or what takes the batch apart. */
  anchor: Node;
  place: 'before' | 'after';
  /** All code that handles the batch. */
  body: Node;
}

/** `for x, y in loader`, `for i, (x, y) in enumerate(loader)`, `x, y = batch`; null for any other batch. */
export function batchOf({ statement }: UpdatePoint): Batch | null {
  const loop = enclosing(statement, 'for_statement');
  if (!loop) return null;
  const body = loop.childForFieldName('body')!;
  const left = loop.childForFieldName('left');
  const iterable = loop.childForFieldName('right')?.text ?? '';
  const target = left && /^enumerate\(/.test(iterable) ? (parts(left)[1] ?? null) : left;
  const pair = pairOf(target);
  const first = parts(body)[0];
  if (pair && first) return { ...pair, anchor: first, place: 'before', body };
  if (target?.type !== 'identifier') return null;
  return unpacked(target.text, body);
}

/** `x, y = batch` in a step that is handed the batch. */
export function unpacked(batch: string, body: Node): Batch | null {
  for (const one of parts(body)) {
    const assignment = one.type === 'expression_statement' ? parts(one)[0] : undefined;
    if (assignment?.type !== 'assignment' || assignment.childForFieldName('right')?.text !== batch) continue;
    const pair = pairOf(assignment.childForFieldName('left'));
    return pair && { ...pair, anchor: one, place: 'after', body };
  }
  return null;
}

function pairOf(target: Node | null): { inputs: string; labels: string } | null {
  if (!target || !/^(pattern_list|tuple_pattern)$/.test(target.type)) return null;
  const names = parts(target);
  if (names.length !== 2 || names.some(({ type }) => type !== 'identifier')) return null;
  return { inputs: names[0]!.text, labels: names[1]!.text };
}

const callByNode = oncePer(({ calls }: Script) => new Map(calls.map((call) => [call.node.id, call])));

/** A use of the labels that takes class numbers only: anything but moving them and the loss. */
export function hardUse({ labels, body }: Batch, script: Script): Node | null {
  return (
    mentionsOf(labels, script).find((node) => {
      if (!isInside(node, body)) return false;
      const { parent } = node;
      const around = statementAround(node);
      if (/^(assignment|pattern_list)$/.test(parent?.type ?? '') && isInside(node, parent!) && isTarget(node))
        return false;
      if (parent?.type === 'attribute') {
        const method = parent.childForFieldName('attribute')?.text ?? '';
        return !/^(to|cuda|size)$/.test(method) || around.type !== 'expression_statement';
      }
      const call =
        parent?.type === 'argument_list' && parent.parent
          ? callByNode(script).get(parent.parent.id)
          : undefined;
      return !call || !/loss|crit|cross_entropy|^ce$|^len$/i.test(call.name);
    }) ?? null
  );
}

/** Whether a name is assigned to, not read. */
function isTarget(node: Node): boolean {
  let at = node;
  while (at.parent && /^(pattern_list|tuple_pattern)$/.test(at.parent.type)) at = at.parent;
  return at.parent?.type === 'assignment' && at.parent.childForFieldName('left')?.id === at.id;
}
