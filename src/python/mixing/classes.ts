import { argument, type Call } from '../model/call';
import { numberOf } from '../model/nodes';
import { oncePer } from '../model/once';
import type { Script } from '../model/script';
import { stacks } from '../stacks';

const known: Readonly<Record<string, number>> = {
  MNIST: 10,
  FashionMNIST: 10,
  KMNIST: 10,
  SVHN: 10,
  CIFAR10: 10,
  CIFAR100: 100,
  STL10: 10,
  ImageNet: 1000,
  Flowers102: 102,
  Food101: 101,
};

/** How many classes there are: by the data set, by the argument of a network, or by the last linear layer; null where they do not agree. */
export const classCount = oncePer((script: Script): string | null => {
  const found = new Set<number>();
  const named = script.text.source.includes('num_classes');
  for (const call of script.calls) {
    const set = call.path.startsWith('torchvision.datasets.') ? known[call.name] : undefined;
    if (set !== undefined) found.add(set);
    const given = named ? argument(call, 'num_classes') : undefined;
    const count = call.name === 'add_argument' ? null : numberOf(given?.value);
    if (count !== null) found.add(count);
  }
  const outputs = new Set(script.modules.flatMap(({ layers }) => lastLinear(layers.map(({ call }) => call))));
  // A network that is only a stack, or keeps its layers in stacks.
  if (outputs.size === 0)
    for (const { layers } of stacks(script)) for (const one of atEnd(layers)) outputs.add(one);
  if (found.size === 0) for (const one of outputs) found.add(one);
  const [only] = found;
  return found.size === 1 && (outputs.size !== 1 || outputs.has(only!)) ? String(only) : null;
});

/** The width of a linear layer that a stack ends with, or nearly: a softmax may follow. */
function atEnd(layers: readonly Call[]): number[] {
  const end = layers.findLast(({ name }) => !/^(Log)?Softmax$/.test(name));
  return end ? lastLinear([end]) : [];
}

function lastLinear(calls: readonly Call[]): number[] {
  const last = calls.findLast(({ path }) => path === 'torch.nn.Linear');
  const count = last ? numberOf(argument(last, 'out_features', 1)?.value) : null;
  return count !== null && count > 1 ? [count] : [];
}
