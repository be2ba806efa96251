import type { Technique } from '../remedy';

/** What keeps weights and gradients small. */
export const constraining = {
  'weight-decay': {
    id: 'weight-decay',
    title: 'Decoupled weight decay',
    what: 'Shrinks the weights a little at every step, apart from the gradient (AdamW), so that the network prefers small weights.',
    helps: ['val-loss-rising', 'past-the-optimum', 'generalisation-gap', 'memorised'],
    notWhen: 'The run underfits, or a short fine-tune of adapters, where 0 is usual.',
    typical: [
      { context: 'transformers (AdamW)', value: '0.01 to 0.1' },
      { context: 'LLM pretraining', value: '0.1' },
      { context: 'SGD with momentum, vision', value: '1e-4 to 5e-4' },
    ],
    cautions: [
      'Not on biases and normalisation parameters.',
      'Adam(weight_decay=) is L2 in the gradient, which adaptive scaling weakens: use AdamW.',
    ],
    section: 'Weight decay',
    cost: 'One argument.',
    check: 'The gap narrows over the next run, and the weight norm stops growing.',
    fixes: ['python', 'config'],
  },
  'gradient-clipping': {
    id: 'gradient-clipping',
    title: 'Gradient clipping',
    what: 'Caps the global norm of the gradient, so that one explosive batch cannot throw the weights away. Cheap insurance.',
    helps: ['divergence', 'loss-spike', 'non-finite', 'oscillation', 'gradient-explosion', 'warmup-missing'],
    notWhen:
      'The framework clips already (Hugging Face Trainer does, at 1.0), or most steps would be clipped: then lower the learning rate.',
    typical: [
      { context: 'transformers, almost always', value: '1.0' },
      { context: 'reinforcement learning', value: '0.5' },
    ],
    cautions: [
      'Between backward and the optimizer step; with mixed precision unscale first; with accumulation only where the step is.',
    ],
    section: 'Gradient clipping',
    cost: 'One line, no tuning.',
    check: 'Logged gradient norms stay at or under the bound and the spikes are gone.',
    fixes: ['python', 'config'],
  },
  'spectral-norm': {
    id: 'spectral-norm',
    title: 'Spectral normalisation',
    what: 'Keeps the largest singular value of each weight matrix at one, which bounds how fast a discriminator can change.',
    helps: ['divergence'],
    notWhen: 'The model is not a GAN and needs no adversarial robustness.',
    typical: [{ context: 'GAN discriminators', value: 'around every convolution and linear layer' }],
    cautions: ['Build the optimizer after wrapping, and do not combine it with weight clipping.'],
    section: 'Spectral normalization',
    cost: 'A wrapper per layer; one matrix-vector product a step.',
    check: 'Discriminator loss stops collapsing to zero.',
    fixes: ['python'],
  },
  'weight-tying': {
    id: 'weight-tying',
    title: 'Weight tying',
    what: 'Shares one matrix between layers that mean the same, as the input embedding and the output projection of a language model: fewer parameters, and a regulariser in disguise.',
    helps: ['val-loss-rising'],
    notWhen: 'Large language models, which leave them apart on purpose, or different shapes.',
    typical: [
      {
        context: 'small language models, encoder and decoder embeddings',
        value: 'head.weight = embedding.weight',
      },
    ],
    cautions: ['Tie before the optimizer is built, or it trains an orphan.'],
    section: 'Weight tying',
    cost: 'One line; a new training run.',
    check: 'Fewer parameters at the same or a lower validation loss.',
    fixes: ['python'],
  },
} as const satisfies Record<string, Technique>;
