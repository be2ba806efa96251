import type { Dialect } from './dialect';

/** GPT-NeoX: one mapping, keys with hyphens or underscores; several files are merged at launch. */
export const neox: Dialect = {
  id: 'gpt-neox',
  title: 'GPT-NeoX',
  source: 'gpt-neox neox_arguments and its configs',
  syntaxes: ['yaml', 'json'],
  negativeClip: 'ignored',
  sure: ['pipe_parallel_size', 'model_parallel_size'],
  clues: [
    'train_iters',
    'train_micro_batch_size_per_gpu',
    'lr_decay_style',
    'hidden_dropout',
    'no_weight_tying',
    'lr_decay_iters',
  ],
  keys: {
    hidden_dropout: { is: 'dropout', default: 0 },
    attention_dropout: { is: 'dropout', default: 0 },
    weight_decay: { is: 'weight-decay', default: 0.1 },
    gradient_clipping: { is: 'clip-norm', default: 1 },
    clip_grad: 'clip-norm',
    'optimizer.params.lr': 'learning-rate',
    'optimizer.params.weight_decay': 'weight-decay',
    'optimizer.type': 'optimizer',
    lr_decay_style: 'scheduler',
    warmup: { is: 'warmup-share', default: 0.01 },
    train_micro_batch_size_per_gpu: 'batch-size',
    gradient_accumulation_steps: 'accumulation',
    train_iters: 'steps',
    num_layers: 'layers',
    norm: 'norm',
    save: 'output-dir',
    finetune: { is: 'stage', unrated: true },
  },
  task: 'pretraining',
};
