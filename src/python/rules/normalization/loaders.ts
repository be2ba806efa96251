import { argument } from '../../model/call';
import { enclosing, spelled } from '../../model/nodes';
import { oncePer } from '../../model/once';
import { targetOf } from '../../model/optimizers';
import type { Script } from '../../model/script';
import type { Node } from '../../parser';
import { valueOf } from '../../model/values';

/** The batch sizes that a file gives its training loaders, as far as they are numbers in it. */
export const trainingBatches = oncePer((script: Script): readonly { node: Node; size: number }[] =>
  script.calls.flatMap((call) => {
    if (!/(^|\.)DataLoader$/.test(call.path)) return [];
    const given = argument(call, 'batch_size', 1)?.value;
    const size = valueOf(given, script);
    if (!given || size === null || !isForTraining(call.node)) return [];
    const shuffled = argument(call, 'shuffle')?.value.text === 'True' || /train/i.test(call.node.text);
    return shuffled || namedTrain(call.node) ? [{ node: given, size }] : [];
  }),
);

function namedTrain(node: Node): boolean {
  const target = targetOf(node);
  return target !== null && /train/i.test(spelled(target));
}

/** A loader for evaluation says so by its name or its data. */
function isForTraining(node: Node): boolean {
  const name = enclosing(node, 'assignment')?.childForFieldName('left')?.text ?? '';
  return !/val|test|eval|infer|pred|demo|calib/i.test(name);
}
