import { enclosing, spelled } from '../model/nodes';
import { oncePer } from '../model/once';
import type { Script } from '../model/script';
import type { Node } from '../parser';

/** Where a script gives its optimizer a learning rate: `for g in optimizer.param_groups: g["lr"] = …`. */
export interface SetRate {
  node: Node;
  /** It multiplies the rate that is there, so that what the optimizer starts with counts. */
  relative: boolean;
}

export const ratesByHand = oncePer((script: Script): readonly SetRate[] => {
  if (!script.text.source.includes('param_groups')) return [];
  const plain = script.assignments.flatMap((one) =>
    setsRate(one.target, one.node)
      ? [{ node: one.node, relative: /\[["']lr["']\]/.test(spelled(one.value)) }]
      : [],
  );
  const augmented = script.augmented.flatMap(({ node, target }) =>
    setsRate(target, node) ? [{ node, relative: true }] : [],
  );
  return [...plain, ...augmented].sort((a, b) => a.node.startIndex - b.node.startIndex);
});

function setsRate(target: string, node: Node): boolean {
  const group = /^(.*)\[["']lr["']\]$/.exec(target)?.[1];
  if (group === undefined) return false;
  if (group.includes('param_groups')) return true;
  for (let loop = enclosing(node, 'for_statement'); loop; loop = enclosing(loop, 'for_statement')) {
    const names = loop.childForFieldName('left')?.text.split(/\W+/) ?? [];
    if (names.includes(group) && /param_groups/.test(loop.childForFieldName('right')?.text ?? ''))
      return true;
  }
  return false;
}
