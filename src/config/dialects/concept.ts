/** What a setting means, whatever a framework calls it. */
export interface ConceptInfo {
  /** In a sentence for people: "weight decay". */
  readonly title: string;
  /** One sentence: what it does, with its unit. */
  readonly what: string;
  /** The rule whose page says more. */
  readonly rule?: string;
}

/** Every concept that rules and hovers know, with what is said of it. Data: no code. */
export const concepts = {
  optimizer: { title: 'optimizer', what: 'How gradients become steps.' },
  'learning-rate': { title: 'learning rate', what: 'Size of a step, per update.' },
  scheduler: { title: 'learning rate schedule', what: 'How the learning rate changes over the run.' },
  'weight-decay': {
    title: 'weight decay',
    what: 'Share of every weight that is taken away per step (decoupled: times the learning rate).',
    rule: 'FC206',
  },
  'clip-norm': {
    title: 'gradient clipping',
    what: 'Largest norm of all gradients together; larger ones are scaled down to it.',
    rule: 'FC111',
  },
  'clip-value': { title: 'clipping by value', what: 'Largest size of one element of a gradient.' },
  'clip-switch': {
    title: 'gradient clipping on or off',
    what: 'Whether gradients are clipped at all.',
    rule: 'FC913',
  },
  'clip-algorithm': {
    title: 'kind of gradient clipping',
    what: 'By the norm of all gradients, or element by element.',
  },
  'label-smoothing': {
    title: 'label smoothing',
    what: 'Share of probability that the target gives to the other classes (0 to below 1).',
    rule: 'FC703',
  },
  dropout: {
    title: 'dropout',
    what: 'Share of activations that are dropped in training (0 to below 1).',
    rule: 'FC303',
  },
  'lora-dropout': {
    title: 'LoRA dropout',
    what: 'Share of the inputs of the adapters that are dropped.',
    rule: 'FC915',
  },
  'layer-drop': { title: 'layer drop', what: 'Share of whole layers that are skipped in a training step.' },
  'drop-path': {
    title: 'stochastic depth',
    what: 'Share of residual branches that are skipped, growing with depth.',
  },
  'drop-connect': { title: 'drop connect', what: 'In timm the old name of stochastic depth.', rule: 'FC310' },
  'ema-switch': { title: 'weight averaging on or off', what: 'Whether an average of the weights is kept.' },
  'ema-decay': {
    title: 'decay of the weight average',
    what: 'How much of the average is kept per step.',
    rule: 'FC904',
  },
  'ema-momentum': {
    title: 'momentum of the weight average',
    what: 'How much of the new weights enters the average per step: 1 - decay.',
    rule: 'FC904',
  },
  'ema-warmup': { title: 'warm-up of the weight average', what: 'Whether the decay grows at the start.' },
  'early-stopping': {
    title: 'early stopping',
    what: 'Whether training ends when validation gets no better.',
  },
  patience: { title: 'patience', what: 'Checks without improvement before training ends.', rule: 'FC506' },
  monitor: {
    title: 'watched metric',
    what: 'The metric by which the best checkpoint is chosen.',
    rule: 'FC502',
  },
  'monitor-mode': {
    title: 'direction of the watched metric',
    what: 'Whether smaller (min) or larger (max) is better.',
    rule: 'FC507',
  },
  'greater-is-better': {
    title: 'direction of the watched metric',
    what: 'Whether larger values are better.',
    rule: 'FC507',
  },
  'load-best': {
    title: 'load the best checkpoint at the end',
    what: 'Whether the best weights, not the last, are kept.',
    rule: 'FC505',
  },
  evaluation: {
    title: 'when to evaluate',
    what: 'Never, every so many steps, or every epoch.',
    rule: 'FC503',
  },
  'save-strategy': { title: 'when to save', what: 'Never, every so many steps, or every epoch.' },
  'eval-every': { title: 'steps between evaluations', what: 'In updates.' },
  'save-every': { title: 'steps between checkpoints', what: 'In updates.' },
  'validation-share': {
    title: 'held-out data',
    what: 'Share or number of examples that are kept for validation.',
    rule: 'FC503',
  },
  'batch-size': { title: 'batch size per device', what: 'Examples per device and forward pass.' },
  'global-batch-size': { title: 'global batch size', what: 'Examples per update, over all devices.' },
  accumulation: { title: 'gradient accumulation', what: 'Forward passes per update.' },
  epochs: { title: 'epochs', what: 'Passes over the training data.' },
  steps: { title: 'steps', what: 'Updates of the whole run.' },
  'warmup-steps': { title: 'warm-up', what: 'Updates over which the learning rate rises.', rule: 'FC917' },
  'warmup-unit': { title: 'unit of the warm-up', what: 'Steps or tokens.', rule: 'FC917' },
  'warmup-share': {
    title: 'warm-up',
    what: 'Share of the run over which the learning rate rises (0 to 1).',
    rule: 'FC917',
  },
  'warmup-epochs': { title: 'warm-up', what: 'Epochs over which the learning rate rises.', rule: 'FC917' },
  mixup: {
    title: 'Mixup',
    what: 'Parameter of the Beta distribution by which two images are mixed.',
    rule: 'FC806',
  },
  'mixup-share': { title: 'Mixup', what: 'Share of images that are mixed.' },
  cutmix: {
    title: 'CutMix',
    what: 'Parameter of the Beta distribution by which a piece of another image is pasted in.',
    rule: 'FC806',
  },
  'mix-switch': {
    title: 'Mixup or CutMix',
    what: 'Share of batches that take CutMix where both are on.',
    rule: 'FC806',
  },
  'mixup-off': {
    title: 'end of Mixup',
    what: 'Epoch from which images are no longer mixed (0: never).',
    rule: 'FC807',
  },
  mosaic: { title: 'mosaic', what: 'Share of images that are put together of four.' },
  'mosaic-off': {
    title: 'end of mosaic',
    what: 'Epochs at the end without mosaic (0: it never ends).',
    rule: 'FC807',
  },
  'auto-augment': { title: 'automatic augmentation', what: 'Policy of random changes of the images.' },
  erasing: { title: 'random erasing', what: 'Share of images in which a rectangle is erased.' },
  norm: { title: 'normalization', what: 'Kind of normalization layers.', rule: 'FC402' },
  'frozen-norm': {
    title: 'frozen batch norm',
    what: 'Whether statistics stay as they were pretrained, also in training.',
    rule: 'FC402',
  },
  'sync-norm': { title: 'synchronized batch norm', what: 'Whether statistics are taken over all devices.' },
  'pre-norm': {
    title: 'normalization first',
    what: 'Whether a block normalizes its input, not its output.',
    rule: 'FC405',
  },
  layers: { title: 'layers', what: 'Blocks of the network.' },
  'fused-backward': {
    title: 'optimizer in the backward pass',
    what: 'Whether weights are updated while gradients are computed.',
    rule: 'FC105',
  },
  strategy: { title: 'strategy', what: 'How the work is spread over devices.' },
  adapter: { title: 'adapter', what: 'LoRA or the like: only small additions to the model are trained.' },
  stage: { title: 'stage of training', what: 'Pretraining, supervised fine-tuning, preferences.' },
  'output-dir': { title: 'output folder', what: 'Where checkpoints and logs are written.' },
} as const satisfies Readonly<Record<string, ConceptInfo>>;

export type Concept = keyof typeof concepts;
