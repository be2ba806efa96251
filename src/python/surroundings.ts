import type { Node } from './node';

/** Types of nodes whose nesting is kept. */
export const kept = new Set([
  'function_definition',
  'class_definition',
  'for_statement',
  'while_statement',
  'with_statement',
]);

/** Which functions, classes and loops lie within which: asked thousands of times, where a tree looks for each parent from its root. */
export class Surroundings {
  /** For each container the one around it. */
  private readonly outer: (number | null)[] = [];

  /** @param containers in order of the text, the outer ones first */
  constructor(private readonly containers: readonly Node[]) {
    const open: number[] = [];
    containers.forEach((node, i) => {
      while (open.length > 0 && containers[open.at(-1)!]!.endIndex <= node.startIndex) open.pop();
      this.outer.push(open.at(-1) ?? null);
      open.push(i);
    });
  }

  around(node: Node, types: readonly string[]): Node | null {
    const { containers, outer } = this;
    const { startIndex, endIndex } = node;
    for (let at = this.lastBefore(startIndex); at !== null; at = outer[at] ?? null) {
      const one = containers[at]!;
      if (one.endIndex >= endIndex && one.id !== node.id && types.includes(one.type) && !isSame(one, node))
        return one;
    }
    return null;
  }

  private lastBefore(start: number): number | null {
    let low = 0;
    let high = this.containers.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.containers[middle]!.startIndex <= start) low = middle + 1;
      else high = middle;
    }
    return low > 0 ? low - 1 : null;
  }
}

/** A node that spans the same text may lie around a container, not within it: a decorated definition does not, a module does. */
function isSame(container: Node, { startIndex, endIndex, type }: Node): boolean {
  return (
    container.startIndex === startIndex &&
    container.endIndex === endIndex &&
    /^(module|block|decorated_definition)$/.test(type)
  );
}
