import type { TechniqueId, TrainingKind } from './remedy';

/** What the seed document says of a kind of training. */
export interface Profile {
  /** As it stands in a sentence: "usual in …". */
  title: string;
  /** What it rules out. */
  unfit: readonly TechniqueId[];
  /** What comes before the usual order, where it answers the symptom. */
  first?: readonly TechniqueId[];
  /** What comes after everything else. */
  last?: readonly TechniqueId[];
  /** The values that it names for this kind. */
  values?: Readonly<Partial<Record<TechniqueId, string>>>;
}

/** A profile a kind; what is quoted is from the seed document. */
export const profiles: Readonly<Record<TrainingKind, Profile>> = {
  // "Dropout off or extremely low. Weight decay 0.1. Gradient clipping 1.0. No label smoothing typically." Augmentation of
  // text is "mostly replaced by diverse pretraining data": "data quality and diversity carry the weight".
  'llm-pretraining': {
    title: 'language model pretraining',
    unfit: ['dropout', 'label-smoothing', 'data-augmentation', 'mixup', 'batch-norm'],
    first: ['gradient-clipping', 'weight-decay', 'more-data'],
    values: { 'weight-decay': '0.1', 'gradient-clipping': '1.0' },
  },
  // "Dropout sometimes comes back to prevent overfit on small datasets." The network is given: other norms and layers ask
  // for other weights.
  'fine-tuning': {
    title: 'fine-tuning',
    unfit: ['batch-norm', 'layer-norm', 'pre-norm', 'more-capacity'],
    values: { dropout: '0.1' },
  },
  // "The strongest regularizer in vision and audio."
  vision: {
    title: 'vision',
    unfit: ['pre-norm', 'layer-norm'],
    first: ['data-augmentation'],
    values: { 'label-smoothing': '0.1' },
  },
  // BatchNorm is "standard in vision (CNNs)"; "p = 0.5 in fully-connected layers".
  'vision-cnn': {
    title: 'convolutional networks',
    unfit: ['pre-norm', 'layer-norm'],
    first: ['data-augmentation', 'batch-norm'],
    values: { 'label-smoothing': '0.1', dropout: '0.5 in the fully connected layers' },
  },
  // "DropPath: variant of stochastic depth for transformers"; "LayerNorm or RMSNorm in transformers"; clipping is "almost
  // always set to 1.0 for transformer training".
  'vision-transformer': {
    title: 'vision transformers',
    unfit: ['batch-norm'],
    first: ['data-augmentation', 'drop-path', 'gradient-clipping'],
    values: {
      'label-smoothing': '0.1',
      'gradient-clipping': '1.0',
      'weight-decay': '0.01 to 0.1',
      dropout: '0.1',
    },
  },
  // Spectral normalization is "used in GANs". The losses of the two have no level at which to stop.
  gan: {
    title: 'GANs',
    unfit: ['early-stopping', 'weight-decay', 'label-smoothing', 'mixup', 'dropout'],
    first: ['spectral-norm'],
  },
  // EMA is "used in diffusion models routinely". There are no labels to smooth or to mix.
  diffusion: {
    title: 'diffusion models',
    unfit: ['label-smoothing', 'mixup'],
    first: ['ema'],
    values: { ema: 'decay 0.999 to 0.9999' },
  },
  // "Training unstable: grad clip, lower LR, longer warmup." A batch norm is "sensitive to small batch sizes", and layer
  // norm is for "sequences [that] have variable length".
  recurrent: {
    title: 'recurrent networks',
    unfit: ['batch-norm', 'pre-norm'],
    first: ['gradient-clipping', 'layer-norm'],
  },
  // Augmentation of tables is "harder; mostly engineered (e.g. SMOTE for class imbalance, Mixup)".
  tabular: {
    title: 'tabular data',
    unfit: ['pre-norm', 'cutmix'],
    last: ['data-augmentation', 'mixup'],
    values: { 'data-augmentation': 'SMOTE for imbalance, Mixup' },
  },
  // The document is about networks: of a sum of trees there are no weights to decay, layers to norm or gradients to clip.
  boosting: {
    title: 'gradient boosting',
    unfit: [
      ...(['dropout', 'dropconnect', 'stochastic-depth', 'drop-path', 'batch-norm', 'layer-norm'] as const),
      ...(['rms-norm', 'pre-norm', 'weight-decay', 'gradient-clipping', 'label-smoothing', 'mixup'] as const),
      ...(['cutmix', 'ema', 'swa', 'spectral-norm', 'weight-tying', 'modern-recipe', 'nan-filter'] as const),
      ...(['longer-warmup', 'data-augmentation', 'knowledge-distillation'] as const),
    ],
  },
  // No part of its recipes; its bound for clipping is 0.5.
  reinforcement: {
    title: 'reinforcement learning',
    unfit: ['early-stopping', 'weight-decay', 'label-smoothing', 'mixup', 'dropout', 'data-augmentation'],
    values: { 'gradient-clipping': '0.5' },
  },
  unknown: { title: '', unfit: [] },
};
