import type { Dialect } from './dialect';

/** OLMo's training configs: pretraining of language models. */
export const olmo: Dialect = {
  id: 'olmo',
  title: 'OLMo',
  source: 'olmo/config.py and its configs',
  syntaxes: ['yaml'],
  sure: ['device_train_microbatch_size'],
  clues: ['model.d_model', 'max_duration', 'scheduler.t_warmup', 'max_grad_norm_ratio', 'model.mlp_ratio'],
  never: [
    'algorithms',
    'algorithms.*',
    'algorithms.*.*',
    'fsdp_config.sharding_strategy',
    'optimizers',
    'model.name_or_path',
  ],
  keys: {
    'model.attention_dropout': { is: 'dropout', default: 0.1 },
    'model.residual_dropout': { is: 'dropout', default: 0.1 },
    'model.embedding_dropout': { is: 'dropout', default: 0.1 },
    'optimizer.weight_decay': 'weight-decay',
    'optimizer.learning_rate': 'learning-rate',
    'optimizer.name': 'optimizer',
    max_grad_norm: 'clip-norm',
    'scheduler.t_warmup': 'warmup-steps',
    'scheduler.name': 'scheduler',
    global_train_batch_size: 'global-batch-size',
    device_train_microbatch_size: 'batch-size',
    max_duration: 'steps',
    'model.n_layers': 'layers',
    'model.layer_norm_type': 'norm',
    save_folder: 'output-dir',
  },
  task: 'pretraining',
};
