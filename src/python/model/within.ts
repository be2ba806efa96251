import type { Node } from '../parser';
import { isInside } from './nodes';

/** The items, in order of the text, whose nodes lie within a node: found by halving, not by looking at all. */
export function within<T extends { node: Node }>(items: readonly T[], scope: Node): T[] {
  const found: T[] = [];
  for (let i = firstFrom(items, scope.startIndex); i < items.length; i++) {
    const { node } = items[i]!;
    if (node.startIndex >= scope.endIndex) break;
    if (isInside(node, scope)) found.push(items[i]!);
  }
  return found;
}

function firstFrom(items: readonly { node: Node }[], start: number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (items[middle]!.node.startIndex < start) low = middle + 1;
    else high = middle;
  }
  return low;
}
