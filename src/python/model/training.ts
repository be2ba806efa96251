import type { Node } from '../parser';
import type { Call } from './call';
import { enclosingFunction, spelled } from './nodes';
import { targetOf } from './optimizers';

/** A call that makes gradients. */
export interface Backward {
  call: Call;
  /** What it is called on, spelled: `loss`, `accelerator`, `self`. */
  receiver: string;
}

/** What a gradient scaler is asked to do. */
export interface ScalerUse {
  call: Call;
  scaler: string;
  action: 'scale' | 'unscale' | 'step' | 'update';
}

/** Something that wraps the model, or stands between the loop and the optimizer. */
export interface Wrapper {
  call: Call;
  kind: 'accelerate' | 'fabric' | 'deepspeed' | 'fsdp1' | 'fsdp2' | 'ddp' | 'compile';
  /** What its value is assigned to, if to just one thing. */
  target: string | null;
}

/** `model.train()` and `model.eval()`. */
export interface ModeSwitch {
  call: Call;
  model: string;
  mode: 'train' | 'eval';
  scope: Node | null;
}

type Kind = Pick<Call, 'name' | 'path'>;

export function isBackward({ name }: Kind): boolean {
  return name === 'backward' || name === 'manual_backward';
}

/** `….backward(…)` and `….manual_backward(…)`; `after_backward()` and the like are none. */
export function readBackward(call: Call): Backward | null {
  return isBackward(call) && call.receiver ? { call, receiver: spelled(call.receiver) } : null;
}

const scalerActions: Readonly<Record<string, ScalerUse['action']>> = {
  scale: 'scale',
  unscale_: 'unscale',
  step: 'step',
  update: 'update',
};

export function isScalerUse({ name }: Kind): boolean {
  return Object.hasOwn(scalerActions, name);
}

export function readScalerUse(call: Call): ScalerUse | null {
  const action = Object.hasOwn(scalerActions, call.name) ? scalerActions[call.name] : undefined;
  const scaler = call.receiver ? spelled(call.receiver) : '';
  return action !== undefined && /scaler$/i.test(scaler) ? { call, scaler, action } : null;
}

const wrapperPaths: readonly (readonly [Wrapper['kind'], RegExp])[] = [
  ['accelerate', /(^|\.)Accelerator$/],
  ['fabric', /(^|\.)Fabric$/],
  ['deepspeed', /^deepspeed\.initialize$/],
  ['fsdp1', /(^|\.)(FullyShardedDataParallel|FSDP)$/],
  ['fsdp2', /(^|\.)fully_shard$/],
  ['ddp', /(^|\.)(DistributedDataParallel|DDP)$/],
  ['compile', /^torch\.compile$/],
];

const anyWrapper =
  /(Accelerator|Fabric|initialize|FullyShardedDataParallel|FSDP|fully_shard|DistributedDataParallel|DDP|compile)$/;

export function isWrapper({ path }: Kind): boolean {
  return anyWrapper.test(path);
}

export function readWrapper(call: Call): Wrapper | null {
  const found = wrapperPaths.find(([, path]) => path.test(call.path));
  if (!found) return null;
  const target = targetOf(call.node);
  return { call, kind: found[0], target: target ? spelled(target) : null };
}

export function isModeSwitch({ name }: Kind): boolean {
  return name === 'train' || name === 'eval';
}

export function readModeSwitch(call: Call): ModeSwitch | null {
  if (!isModeSwitch(call) || !call.receiver) return null;
  const [first] = call.args();
  if (first && (call.name === 'eval' || !/^(True|False)$/.test(first.value.text))) return null;
  const mode = call.name === 'eval' || first?.value.text === 'False' ? 'eval' : 'train';
  return { call, model: spelled(call.receiver), mode, scope: enclosingFunction(call.node) };
}

const lossPath =
  /^(torch\.nn\.\w*Loss|torch\.nn\.functional\.\w*(loss|entropy)\w*|keras\.losses\.\w+|optax\.\w*(loss|entropy)\w*)$/;

/** Whether a call makes or computes a loss of a known library. */
export function isLoss({ path }: Kind): boolean {
  return lossPath.test(path);
}

/** Whether a call builds a learning-rate schedule. */
export function isScheduler({ path }: Kind): boolean {
  return /(^|\.)(lr_scheduler\.\w+|get_\w*schedule\w*|\w+LR|\w*LRScheduler|\w+_schedule)$/.test(path);
}
