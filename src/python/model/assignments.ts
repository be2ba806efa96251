import type { Node } from '../parser';
import { enclosingFunction, spelled } from './nodes';
import { oncePer } from './once';
import { within } from './within';

/** One name that an assignment gives a value: `a, b = f()` is two. */
export interface Assignment {
  node: Node;
  /** The target as it is spelled: `model`, `self.opt`. */
  target: string;
  value: Node;
  /** The function that it stands in, or null at module level. */
  scope: Node | null;
}

/** Reads an assignment node. */
export function readAssignment(node: Node): Assignment[] {
  const left = node.childForFieldName('left');
  if (!left || !node.childForFieldName('right')) return [];
  return targetsOf(left).map((target) => new ReadAssignment(node, target));
}

/** `name = …`, whose text tells all but the value, which is looked up when it is asked for. */
export function readDottedAssignment(node: Node, target: string): Assignment {
  return new ReadAssignment(node, target);
}

/** Most assignments are of no interest: what takes a look at the tree is looked up when it is asked for. */
class ReadAssignment implements Assignment {
  constructor(
    readonly node: Node,
    readonly target: string,
  ) {}

  get value(): Node {
    return this.node.childForFieldName('right')!;
  }

  get scope(): Node | null {
    return enclosingFunction(this.node);
  }
}

function targetsOf(left: Node): string[] {
  if (left.type === 'pattern_list' || left.type === 'tuple_pattern') {
    return left.namedChildren.flatMap(targetsOf);
  }
  return [spelled(left)];
}

const byTarget = oncePer((all: readonly Assignment[]): ReadonlyMap<string, readonly Assignment[]> => {
  const found = new Map<string, Assignment[]>();
  for (const one of all) {
    const same = found.get(one.target);
    if (same) same.push(one);
    else found.set(one.target, [one]);
  }
  return found;
});

/** What is assigned to a name within a node. */
export function assignmentsTo(all: readonly Assignment[], name: string, scope?: Node): readonly Assignment[] {
  const found = byTarget(all).get(name) ?? [];
  return scope ? within(found, scope) : found;
}

/** Wrappers that give back the same parameters, so that `model = wrap(model)` changes nothing about them. */
const keepsParameters =
  /(^|\.)(prepare|prepare_model|setup|setup_module|compile|DataParallel|DistributedDataParallel|DDP|convert_sync_batchnorm|fully_shard)$/;

/** `model = accelerator.prepare(model)`, `model = DDP(model)`, `model = model.to(device)`: the same parameters still. */
export function isRewrap({ value, target }: Assignment): boolean {
  if (value.type !== 'call') return false;
  const callee = value.childForFieldName('function');
  if (!callee) return false;
  const moved = /^(to|cuda|cpu|train|half|float|bfloat16|double)$/;
  if (callee.type === 'attribute' && moved.test(callee.childForFieldName('attribute')?.text ?? '')) {
    return spelled(callee.childForFieldName('object')!) === target;
  }
  const given = value.childForFieldName('arguments')?.namedChildren ?? [];
  return keepsParameters.test(spelled(callee)) && given.some((one) => spelled(one) === target);
}
