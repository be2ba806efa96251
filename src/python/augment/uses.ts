import { usesOf } from '../model/mentions';
import { argument, type Call } from '../model/call';
import { enclosing, spelled, stringOf } from '../model/nodes';
import { oncePer } from '../model/once';
import type { Script } from '../model/script';
import type { Node } from '../parser';

/** A place where a transform goes into a data set. */
export interface TransformUse {
  node: Node;
  split: 'train' | 'eval' | 'unknown';
  dataset: string;
}

const trainWord = /(^|[^a-z])train(ing)?([^a-z]|$)|train_?(dir|path|root|set|data|dataset)|traindir/i;
const evalWord =
  /(^|[^a-z])(val|valid|validation|test|eval|dev)([^a-z]|$)|(val|test)_?(dir|path|root|set|data|dataset)|(val|test)dir/i;

/** What a word says about a split. */
export function splitOf(text: string): TransformUse['split'] {
  const [train, other] = [trainWord.test(text), evalWord.test(text)];
  if (train === other) return 'unknown';
  return train ? 'train' : 'eval';
}

/** Where a transform is used: the data set that it is written into, or those that get it by its name. */
export function transformUses(compose: Call, script: Script): { target: Node | null; uses: TransformUse[] } {
  const { parent } = compose.node;
  if (parent?.type === 'assignment') {
    const target = parent.childForFieldName('left')!;
    if (!/^[A-Za-z_]\w*$|^self\.\w+$/.test(target.text)) return { target, uses: [] };
    const found = usesOf(target.text, target, script).filter(({ id }) => id !== target.id);
    const named = splitOf(target.text);
    return { target, uses: found.flatMap((node) => useAt(node, named, script)) };
  }
  // `{"train": transforms.Compose([…]), "val": …}`
  if (parent?.type === 'pair') {
    const key = stringOf(parent.childForFieldName('key')) ?? '';
    return {
      target: null,
      uses: [{ node: compose.node, split: splitOf(key), dataset: datasetNear(script) }],
    };
  }
  return { target: null, uses: useAt(compose.node, 'unknown', script) };
}

const callByNode = oncePer(({ calls }: Script) => new Map(calls.map((call) => [call.node.id, call])));

function useAt(node: Node, named: TransformUse['split'], script: Script): TransformUse[] {
  const list = node.parent?.type === 'keyword_argument' ? node.parent.parent : node.parent;
  const call =
    list?.type === 'argument_list' && list.parent ? callByNode(script).get(list.parent.id) : undefined;
  if (!call) return [{ node, split: named, dataset: datasetNear(script) }];
  const byCall = splitOfCall(call);
  return [{ node, split: byCall === 'unknown' ? named : byCall, dataset: call.name }];
}

/** `CIFAR10(root, train=True)`, `ImageFolder(os.path.join(data, "train"))`, `val_set = Dataset(…)`. */
function splitOfCall(call: Call): TransformUse['split'] {
  const flag = argument(call, 'train', 1)?.value.text;
  if (flag === 'True') return 'train';
  if (flag === 'False') return 'eval';
  const split = argument(call, 'split');
  const first = call.args()[0]?.value;
  const left = enclosing(call.node, 'assignment')?.childForFieldName('left');
  for (const text of [split?.value.text, first?.text, left ? spelled(left) : undefined]) {
    const found = text === undefined ? 'unknown' : splitOf(text);
    if (found !== 'unknown') return found;
  }
  return 'unknown';
}

/** The one data set of torchvision that a script makes. */
function datasetNear({ calls }: Script): string {
  const names = new Set(
    calls.filter(({ path }) => /^torchvision\.datasets\.[A-Z]/.test(path)).map(({ name }) => name),
  );
  const [only] = names;
  return names.size === 1 ? only! : '';
}
