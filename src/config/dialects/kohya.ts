import type { Dialect } from './dialect';

/** kohya's sd-scripts: TOML files and launch flags. */
export const kohya: Dialect = {
  id: 'kohya',
  title: 'kohya sd-scripts',
  source: 'sd-scripts library/train_util.py and network modules',
  syntaxes: ['toml', 'shell', 'json'],
  sure: ['**.network_dim', '**.unet_lr', '**.network_module'],
  keys: {
    '**.network_dropout': 'lora-dropout',
    '**.max_grad_norm': { is: 'clip-norm', default: 1 },
    '**.learning_rate': 'learning-rate',
    // `--optimizer_args weight_decay=0.1`
    '**.weight_decay': 'weight-decay',
    '**.unet_lr': 'learning-rate',
    '**.text_encoder_lr': 'learning-rate',
    '**.lr_scheduler': 'scheduler',
    '**.lr_warmup_steps': 'warmup-steps',
    '**.train_batch_size': 'batch-size',
    '**.gradient_accumulation_steps': 'accumulation',
    '**.max_train_epochs': 'epochs',
    '**.max_train_steps': { is: 'steps', default: 1600 },
    '**.optimizer_type': { is: 'optimizer', default: 'AdamW' },
    '**.network_module': 'adapter',
    '**.output_dir': 'output-dir',
  },
  task: 'generation',
};
