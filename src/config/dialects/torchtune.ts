import type { Dialect } from './dialect';

/** torchtune recipes: OmegaConf with `_component_`. */
export const torchtune: Dialect = {
  id: 'torchtune',
  title: 'torchtune',
  source: 'torchtune recipes and recipe configs',
  syntaxes: ['yaml'],
  sure: ['**._component_'],
  keys: {
    'model.lora_dropout': { is: 'lora-dropout', default: 0 },
    'model.attn_dropout': 'dropout',
    'optimizer.weight_decay': 'weight-decay',
    clip_grad_norm: { is: 'clip-norm', default: null },
    'loss.label_smoothing': { is: 'label-smoothing', unrated: true },
    'optimizer.lr': 'learning-rate',
    'lr_scheduler.num_warmup_steps': 'warmup-steps',
    'lr_scheduler._component_': 'scheduler',
    'optimizer._component_': 'optimizer',
    optimizer_in_bwd: { is: 'fused-backward', default: false },
    batch_size: 'batch-size',
    gradient_accumulation_steps: { is: 'accumulation', default: 1 },
    epochs: 'epochs',
    max_steps_per_epoch: { is: 'steps', unrated: true },
    'model._component_': 'adapter',
    output_dir: 'output-dir',
  },
  task: 'finetuning',
  taskWhere: [
    [{ key: 'loss._component_', value: /DPO|RSO|SimPO/ }, 'preference'],
    [{ key: 'loss._component_', value: /PPO|GRPO/ }, 'reinforcement'],
  ],
};
