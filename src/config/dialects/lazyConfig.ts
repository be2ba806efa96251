import type { Dialect } from './dialect';

/** detectron2's lazy configs in Python: `L(torch.optim.AdamW)(lr=…)`. */
export const lazyConfig: Dialect = {
  id: 'lazyconfig',
  title: 'detectron2 LazyConfig',
  source: 'detectron2/config/lazy.py and its new_baselines',
  syntaxes: ['python'],
  sure: [
    { text: /\bLazyCall\b/ },
    { text: /\bfrom\s+\S*common\S*\s+import\s+(train|optim|optimizer|dataloader|model)\b/ },
  ],
  keys: {
    '**.optimizer.lr': 'learning-rate',
    '**.optimizer.params.base_lr': 'learning-rate',
    '**.optimizer.weight_decay': 'weight-decay',
    '**.optimizer._target_': 'optimizer',
    'train.max_iter': 'steps',
    'train.clip_grad.enabled': 'clip-switch',
    'train.clip_grad.params.max_norm': 'clip-norm',
    'train.clip_grad.params.clip_value': 'clip-value',
    'train.model_ema.enabled': 'ema-switch',
    'train.model_ema.decay': 'ema-decay',
    'train.output_dir': 'output-dir',
    'dataloader.train.total_batch_size': 'global-batch-size',
    'model.backbone.net.drop_path_rate': 'drop-path',
    '**.drop_path_rate': 'drop-path',
  },
  task: 'detection',
  stacks: true,
};
