import type { Node } from './parser';
import { importedModules } from './names';

/** Why a script is none of plain PyTorch's: what steps its optimizer, and what to do there instead. */
export interface OtherFramework {
  name: string;
  advice: string;
}

interface Sign {
  name: string;
  /** Modules that decide when imported (a prefix of the dotted name). */
  modules?: readonly string[];
  /** Text that decides wherever it stands in code. */
  text?: RegExp;
  advice: string;
}

/** First match wins; what comes first wraps or replaces the optimizer step of what comes later. */
const signs: readonly Sign[] = [
  {
    name: 'DeepSpeed',
    text: /\bdeepspeed\.initialize\s*\(/,
    advice: 'set "gradient_clipping": 1.0 in the DeepSpeed config',
  },
  {
    name: 'Hugging Face Accelerate',
    text: /\bAccelerator\s*\(|\baccelerator\.backward\s*\(/,
    advice:
      'call accelerator.clip_grad_norm_(model.parameters(), 1.0) when accelerator.sync_gradients is set',
  },
  {
    name: 'Lightning Fabric',
    text: /\bfabric\.backward\s*\(|\bFabric\s*\(/,
    advice: 'call fabric.clip_gradients(model, optimizer, max_norm=1.0)',
  },
  {
    name: 'Lightning',
    text: /\b(LightningModule|manual_backward)\b/,
    advice: 'pass gradient_clip_val=1.0 to the Trainer',
  },
  {
    name: 'the Hugging Face Trainer',
    text: /\b(TrainingArguments|SFTTrainer|DPOTrainer|Seq2SeqTrainer|HfArgumentParser)\b/,
    advice: 'it clips at max_grad_norm=1.0 by default',
  },
  {
    name: 'FSDP',
    text: /\bFullyShardedDataParallel\b|\bFSDP\s*\(/,
    advice: 'call model.clip_grad_norm_(1.0) on the root FSDP module, on all ranks',
  },
  {
    name: 'Keras',
    modules: ['keras', 'tensorflow', 'tf_keras'],
    advice: 'pass global_clipnorm=1.0 to the optimizer',
  },
  {
    name: 'optax',
    modules: ['optax'],
    advice: 'put optax.clip_by_global_norm(1.0) first in optax.chain(...)',
  },
  {
    name: 'MLX',
    modules: ['mlx'],
    advice: 'call optim.clip_grad_norm(grads, max_norm=1.0) before the update',
  },
  { name: 'fastai', modules: ['fastai'], advice: 'add cbs=[GradientClip(1.0)] to the Learner' },
  { name: 'Horovod', modules: ['horovod'], advice: 'clip between optimizer.synchronize() and the step' },
  { name: 'apex amp', text: /\bamp\.scale_loss\s*\(/, advice: 'clip amp.master_params(optimizer)' },
  {
    name: 'distributed autograd',
    text: /\bdist_autograd\.backward\s*\(/,
    advice: 'gradients are not in .grad there and can not be clipped this way',
  },
  {
    name: 'an optimizer fused into backward',
    text: /\b(optimizer_in_bwd|register_post_accumulate_grad_hook)\b/,
    advice: 'gradients are gone before a clip could see them',
  },
];

/** The framework that steps the optimizer in this file, or null where it is plain PyTorch. */
export function otherFramework(root: Node): OtherFramework | null {
  const modules = [...importedModules(root)];
  const code = withoutText(root);
  const found = signs.find(({ modules: own, text }) => {
    const imported = own?.some((name) => modules.some((m) => m === name || m.startsWith(`${name}.`)));
    return imported === true || text?.test(code) === true;
  });
  return found ? { name: found.name, advice: found.advice } : null;
}

/** The source without comments and strings, where frameworks are merely talked about. */
function withoutText(root: Node): string {
  let code = '';
  let from = 0;
  for (const node of root.descendantsOfType(['comment', 'string'])) {
    if (node.startIndex < from) continue;
    code += root.text.slice(from - root.startIndex, node.startIndex - root.startIndex);
    from = node.endIndex;
  }
  return code + root.text.slice(Math.max(from - root.startIndex, 0));
}
