import type { Dialect } from './dialect';

/** TensorFlow Model Garden experiments. */
export const modelGarden: Dialect = {
  id: 'tf-model-garden',
  title: 'TensorFlow Model Garden',
  source: 'tensorflow/models official configs and optimization',
  syntaxes: ['yaml'],
  sure: ['trainer.optimizer_config.*', 'trainer.optimizer_config.optimizer.type', 'trainer.train_steps'],
  clues: ['task.train_data.*', 'task.train_data.global_batch_size', 'runtime.*', 'task.model.*'],
  keys: {
    'task.model.dropout_rate': 'dropout',
    'task.model.backbone.*.stochastic_depth_drop_rate': 'drop-path',
    'task.model.backbone.*.init_stochastic_depth_rate': 'drop-path',
    'task.train_data.mixup_and_cutmix.mixup_alpha': 'mixup',
    'task.train_data.mixup_and_cutmix.cutmix_alpha': 'cutmix',
    'task.train_data.mixup_and_cutmix.switch_prob': { is: 'mix-switch', default: 0.5 },
    'task.losses.l2_weight_decay': 'weight-decay',
    'trainer.optimizer_config.optimizer.*.weight_decay_rate': 'weight-decay',
    'trainer.optimizer_config.optimizer.*.global_clipnorm': 'clip-norm',
    'trainer.optimizer_config.optimizer.type': 'optimizer',
    'task.losses.label_smoothing': 'label-smoothing',
    'trainer.optimizer_config.ema.average_decay': 'ema-decay',
    // ExponentialMovingAverage grows its decay from the start on unless it is told not to.
    'trainer.optimizer_config.ema.dynamic_decay': { is: 'ema-warmup', default: true },
    'task.model.norm_activation.use_sync_bn': 'sync-norm',
    'trainer.optimizer_config.learning_rate.*.initial_learning_rate': 'learning-rate',
    'trainer.optimizer_config.learning_rate.stepwise.values': { is: 'learning-rate', list: true },
    'trainer.optimizer_config.warmup.linear.warmup_steps': 'warmup-steps',
    'task.train_data.global_batch_size': 'global-batch-size',
    'trainer.train_steps': 'steps',
    'trainer.best_checkpoint_eval_metric': 'monitor',
    'trainer.best_checkpoint_metric_comp': { is: 'monitor-mode', values: ['higher', 'lower'] },
  },
  stacks: true,
  // A term of the loss, as small as the decay of SGD.
  decayRange: [1e-7, 0.3, 1e-4],
};
