import type { Dialect } from './dialect';

/** SpeechBrain's HyperPyYAML: what a tag builds is named in it. */
export const speechBrain: Dialect = {
  id: 'speechbrain',
  title: 'SpeechBrain',
  source: 'speechbrain recipes',
  syntaxes: ['yaml'],
  negativeClip: 'ignored',
  sure: [{ text: /!(new|name|apply):speechbrain\./ }],
  clues: [{ text: /!(new|name):torch\.optim\./ }, { text: /!ref\s+</ }, 'number_of_epochs'],
  keys: {
    '**.dropout': 'dropout',
    '**.transformer_dropout': 'dropout',
    '**.weight_decay': 'weight-decay',
    warmup_steps: 'warmup-steps',
    max_grad_norm: { is: 'clip-norm', default: 5 },
    label_smoothing: 'label-smoothing',
    '**.label_smoothing': 'label-smoothing',
    lr: 'learning-rate',
    lr_adam: { is: 'learning-rate', unrated: true },
    number_of_epochs: 'epochs',
    batch_size: 'batch-size',
    gradient_clipping: 'clip-norm',
    gradient_accumulation: 'accumulation',
    grad_accumulation_factor: 'accumulation',
    output_folder: 'output-dir',
  },
  task: 'speech',
};
