import type { Dialect } from './dialect';

/** Megatron-LM's launch flags: pretraining of language models. */
export const megatron: Dialect = {
  id: 'megatron',
  title: 'Megatron-LM',
  source: 'megatron/training/arguments.py and its example scripts',
  syntaxes: ['shell', 'yaml'],
  sure: ['lr_warmup_fraction', 'tensor_model_parallel_size', 'lr_decay_iters'],
  clues: [
    'micro_batch_size',
    'global_batch_size',
    'train_iters',
    'num_layers',
    'seq_length',
    'max_position_embeddings',
    'clip_grad',
  ],
  keys: {
    hidden_dropout: { is: 'dropout', default: 0.1 },
    attention_dropout: { is: 'dropout', default: 0.1 },
    weight_decay: { is: 'weight-decay', default: 0.01 },
    clip_grad: { is: 'clip-norm', default: 1 },
    lr: 'learning-rate',
    lr_decay_style: 'scheduler',
    lr_warmup_fraction: 'warmup-share',
    lr_warmup_iters: 'warmup-steps',
    micro_batch_size: 'batch-size',
    global_batch_size: 'global-batch-size',
    train_iters: 'steps',
    optimizer: { is: 'optimizer', default: 'adam', values: ['adam', 'sgd'] },
    num_layers: 'layers',
    normalization: { is: 'norm', default: 'LayerNorm', values: ['LayerNorm', 'RMSNorm'] },
    label_smoothing: 'label-smoothing',
    finetune: { is: 'stage', unrated: true },
    save: 'output-dir',
  },
  task: 'pretraining',
};
