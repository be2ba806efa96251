import type { Dialect } from './dialect';

/** DeepSpeed's engine config: JSON, comments allowed. */
export const deepspeed: Dialect = {
  id: 'deepspeed',
  title: 'DeepSpeed',
  source: 'deepspeed/runtime/config.py and constants.py',
  syntaxes: ['json', 'yaml'],
  negativeClip: 'ignored',
  sure: ['zero_optimization.stage', 'train_micro_batch_size_per_gpu'],
  clues: [
    'optimizer.type',
    'gradient_accumulation_steps',
    'gradient_clipping',
    'train_batch_size',
    'zero_optimization.*',
    'bf16.enabled',
    'fp16.enabled',
    'steps_per_print',
    'wall_clock_breakdown',
  ],
  never: [
    'pipe_parallel_size',
    '**.per_device_train_batch_size',
    'learning_rate',
    'unet_lr',
    'model_name_or_path',
  ],
  keys: {
    'optimizer.params.weight_decay': 'weight-decay',
    'optimizer.params.lr': 'learning-rate',
    'optimizer.type': 'optimizer',
    gradient_clipping: { is: 'clip-norm', default: 0 },
    'scheduler.params.warmup_num_steps': 'warmup-steps',
    'scheduler.type': 'scheduler',
    train_batch_size: 'global-batch-size',
    train_micro_batch_size_per_gpu: 'batch-size',
    gradient_accumulation_steps: 'accumulation',
    'scheduler.params.total_num_steps': 'steps',
  },
  whole: true,
};
