import type { Dialect } from './dialect';

/** torchtitan's TOML: pretraining, one job a file. */
export const torchtitan: Dialect = {
  id: 'torchtitan',
  title: 'torchtitan',
  source: 'torchtitan job configs',
  syntaxes: ['toml'],
  clues: [
    'training.steps',
    'training.local_batch_size',
    'training.batch_size',
    'parallelism.tensor_parallel_degree',
    'parallelism.data_parallel_shard_degree',
    'training.seq_len',
    'model.flavor',
  ],
  keys: {
    'optimizer.weight_decay': { is: 'weight-decay', default: 0.1 },
    'training.max_norm': { is: 'clip-norm', default: 1 },
    'optimizer.lr': { is: 'learning-rate', default: 8e-4 },
    'optimizer.name': { is: 'optimizer', default: 'AdamW', values: ['Adam', 'AdamW'] },
    'lr_scheduler.warmup_steps': { is: 'warmup-steps', default: 200 },
    'training.warmup_steps': 'warmup-steps',
    'training.local_batch_size': { is: 'batch-size', default: 8 },
    'training.batch_size': 'batch-size',
    'training.global_batch_size': 'global-batch-size',
    'training.steps': { is: 'steps', default: 10_000 },
    'job.dump_folder': 'output-dir',
  },
  task: 'pretraining',
};
