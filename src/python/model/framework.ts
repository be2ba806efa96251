import { horovodSteps } from './horovod';
import { isAccelerator, isFabric, lastBackward } from './lastBackward';
import type { Script } from './script';
import { enclosingClass, parts, spelled } from './nodes';
import { oncePer } from './once';
import type { UpdatePoint } from './updatePoints';

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

/** The optimizer steps as each gradient is made, so that there is never a whole gradient. */
const fusedBackward = oncePer(
  ({ calls, assignments }: Script) =>
    calls.some(({ name }) => /^(register_post_accumulate_grad_hook|optimizer_in_bwd)$/.test(name)) ||
    assignments.some(({ target }) => /(^|[._])optimizer_in_bwd$/.test(target)),
);
