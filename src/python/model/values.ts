import { assignmentsTo } from './assignments';
import { argument, type Argument, type Call } from './call';
import { enclosingFunction, numberOf } from './nodes';
import type { Script } from './script';
import type { Node } from '../parser';

/** The number that an expression is: written out, or a name that the file gives one number and no other. */
export function valueOf(node: Node | null | undefined, { assignments }: Script): number | null {
  const written = numberOf(node);
  if (written !== null || node?.type !== 'identifier') return written;
  const [only, ...more] = assignmentsTo(assignments, node.text);
  if (!only || more.length > 0) return null;
  const visible = only.scope === null || only.scope.id === enclosingFunction(node)?.id;
  return visible ? numberOf(only.value) : null;
}

/** An argument whose value is a number that is written out in the call, where a fix may write another. */
export function literalArgument(
  call: Call,
  name: string,
  position = -1,
): (Argument & { number: number }) | undefined {
  const given = argument(call, name, position);
  const number = numberOf(given?.value);
  return given && number !== null ? { ...given, number } : undefined;
}
