import type { Call } from './call';
import { functionCalled } from './functions';
import { horovodSteps } from './horovod';
import type { Node } from '../parser';
import { callsIn, type Script } from './script';
import { enclosingClass, enclosingFunction, isInside, parts, spelled } from './nodes';
import { oncePer } from './once';
import type { Backward } from './training';
import type { UpdatePoint } from './updatePoints';
import { within } from './within';

/** What steps the optimizer at an update point. */
export type PointFramework =
  | 'torch'
  | 'deepspeed'
  | 'accelerate'
  | 'fabric'
  | 'lightning'
  | 'hf-trainer'
  | 'keras'
  | 'tinygrad'
  | 'fsdp1'
  | 'horovod'
  | 'apex'
  | 'rpc'
  | 'own-backward'
  | 'fused-backward';

/** Whether a file imports a module or anything below it. */
export function importsModule({ imports }: Script, ...names: string[]): boolean {
  return names.some((name) =>
    [...imports.modules].some((module) => module === name || module.startsWith(`${name}.`)),
  );
}

/** The framework at one update point; what wraps or replaces the step comes first. */
export function frameworkAt(point: UpdatePoint, script: Script): PointFramework {
  const optimizer = spelled(point.optimizer);
  const backward = lastBackward(point, script);
  const has = (kind: string): boolean => script.wrappers.some((one) => one.kind === kind);
  if (has('deepspeed') && (backward?.receiver === optimizer || engines(script).has(optimizer)))
    return 'deepspeed';
  if (backward?.receiver === optimizer)
    return importsModule(script, 'deepspeed') ? 'deepspeed' : 'own-backward';
  if (usesRpc(script)) return 'rpc';
  if (fusedBackward(script)) return 'fused-backward';
  if (backward && isAccelerator(backward.receiver, script)) return 'accelerate';
  if (backward && isFabric(backward.receiver, script)) return 'fabric';
  const owner = enclosingClass(point.statement);
  const bases = parts(owner?.childForFieldName('superclasses') ?? null).map((b) => script.imports.resolve(b));
  if (bases.some((base) => /(^|\.)LightningModule$/.test(base)) || backward?.call.name === 'manual_backward')
    return 'lightning';
  if (bases.some((base) => /^(transformers|trl)\.\w*Trainer$/.test(base))) return 'hf-trainer';
  const build = script.optimizers.find(({ target }) => target && spelled(target) === optimizer);
  if (build?.kind !== 'torch' && isKerasFile(script)) return 'keras';
  if (build?.kind !== 'torch' && importsModule(script, 'tinygrad')) return 'tinygrad';
  if (has('fsdp1')) return 'fsdp1';
  if (importsModule(script, 'horovod') && horovodSteps(point.statement, script) !== 'never') return 'horovod';
  return scalesByApex(script) ? 'apex' : 'torch';
}

const usesRpc = oncePer(({ calls }: Script) =>
  calls.some(({ path }) => /(^|\.)(dist_autograd|distributed\.autograd)\.backward$/.test(path)),
);
const scalesByApex = oncePer(({ calls }: Script) =>
  calls.some(({ path }) => /(^|\.)amp\.scale_loss$/.test(path)),
);

const nodesOf = oncePer((backwards: Script['backwards']) =>
  backwards.map((backward) => ({ node: backward.call.node, backward })),
);

/** What makes the gradients of a step. */
export interface LastBackward extends Backward {
  /** Where that happens in the function of the step: the backward itself, or the call of what holds it. */
  at: Node;
}

/** The last `….backward(…)` before the step in its function, or the call there of a function of the file that makes one. */
export function lastBackward({ statement, scope }: UpdatePoint, script: Script): LastBackward | undefined {
  const found = within(nodesOf(script.backwards), scope).findLast(
    ({ node }) => node.endIndex <= statement.startIndex,
  );
  if (found) return { ...found.backward, at: found.node };
  return backwardInHelper(statement, scope, script);
}

/** How many functions deep a backward is looked for. */
const DEPTH = 3;

/** `self.backward_G()`: the names of its function must mean the same here, so that only `self` may be named. */
function backwardInHelper(statement: Node, scope: Node, script: Script): LastBackward | undefined {
  const before = callsIn(script, scope).filter(
    ({ node }) => node.endIndex <= statement.startIndex && enclosingFunction(node)?.id === scopeId(scope),
  );
  for (const call of before.reverse()) {
    const made = backwardOf(call, DEPTH, script);
    const named = made && (isAccelerator(made.receiver, script) || isFabric(made.receiver, script));
    if (made && !(named && !made.receiver.startsWith('self.'))) return { ...made, at: call.node };
  }
  return undefined;
}

const scopeId = (scope: Node): number | undefined =>
  scope.type === 'function_definition' ? scope.id : undefined;

function backwardOf(call: Call, depth: number, script: Script): Backward | undefined {
  const fn = depth > 0 ? functionCalled(call, script) : null;
  if (!fn) return undefined;
  // What also steps there is an update of its own, whose gradients are spent.
  if (script.updatePoints.some(({ statement }) => isInside(statement, fn))) return undefined;
  const own = within(nodesOf(script.backwards), fn).at(-1)?.backward;
  if (own) return own;
  for (const inner of callsIn(script, fn).reverse()) {
    const made = inner.name === call.name ? undefined : backwardOf(inner, depth - 1, script);
    if (made) return made;
  }
  return undefined;
}

/** Keras trains by `compile` and `fit`, or by applying gradients to its own optimizers. */
export const isKerasFile = oncePer((script: Script): boolean => {
  if (!importsModule(script, 'keras', 'tensorflow', 'tf_keras')) return false;
  return (
    script.optimizers.some(({ kind }) => kind === 'keras') ||
    script.calls.some(
      ({ name, on }) =>
        /^(apply_gradients|stateless_apply)$/.test(name) ||
        (name === 'compile' && on !== null && on !== 'torch') ||
        (name === 'apply' && on !== null && /optimizer$/.test(on)),
    )
  );
});

const engines = oncePer(
  ({ assignments }: Script) =>
    new Set(
      assignments
        .filter(({ value }) => /deepspeed\.initialize\(/.test(spelled(value)))
        .map(({ target }) => target),
    ),
);

function isAccelerator(name: string, script: Script): boolean {
  return /(^|\.)_?accelerator$/i.test(name) || targets(script, 'accelerate').has(name);
}

function isFabric(name: string, script: Script): boolean {
  return /(^|\.)_?fabric$/i.test(name) || targets(script, 'fabric').has(name);
}

function targets({ wrappers }: Script, kind: string): Set<string | null> {
  return new Set(wrappers.filter((one) => one.kind === kind).map(({ target }) => target));
}

/** The optimizer steps as each gradient is made, so that there is never a whole gradient. */
const fusedBackward = oncePer(
  ({ calls, assignments }: Script) =>
    calls.some(({ name }) => /^(register_post_accumulate_grad_hook|optimizer_in_bwd)$/.test(name)) ||
    assignments.some(({ target }) => /(^|[._])optimizer_in_bwd$/.test(target)),
);
