import type { Technique } from '../remedy';

/** Dropout and its variants: parts of the network are left out at random while training. */
export const dropping = {
  dropout: {
    id: 'dropout',
    title: 'Dropout',
    what: 'Zeroes a random fraction p of activations in training, so that no neuron can be relied on alone; each batch trains another sub-network of the same ensemble. It is off at inference.',
    helps: ['val-loss-rising', 'past-the-optimum', 'generalisation-gap', 'memorised'],
    notWhen:
      'Training loss is still high (it underfits), or the model is a large language model in pretraining: single-pass data does not overfit.',
    typical: [
      { context: 'transformers', value: '0.1' },
      { context: 'fully connected layers of CNNs and MLPs', value: '0.5' },
      { context: 'LLM pretraining', value: '0' },
      { context: 'fine-tuning on little data', value: '0.1' },
    ],
    cautions: [
      'Call model.eval() before validating, or validation runs with dropout on.',
      'Put it after the last batch normalisation, not before one: it shifts the variance that the norm has learned.',
    ],
    section: 'Dropout',
    cost: 'One layer and one line; training takes somewhat more epochs.',
    check:
      'The gap between training and validation loss narrows while the best validation loss falls or stays.',
    fixes: ['python', 'config'],
  },
  dropconnect: {
    id: 'dropconnect',
    title: 'DropConnect',
    what: 'Zeroes random weights instead of activations in training.',
    helps: ['val-loss-rising'],
    notWhen: 'Plain dropout or drop path is not tried yet: they are simpler and do about the same.',
    typical: [{ context: 'fully connected and recurrent layers', value: '0.2 to 0.5' }],
    cautions: ['Several code bases call drop path "drop_connect"; check which one a setting means.'],
    section: 'Dropout variants',
    cost: 'A wrapper around the layer; slower than dropout, since the weights are masked.',
    check: 'As with dropout: a narrower gap without a worse best validation loss.',
    fixes: ['python'],
  },
  'stochastic-depth': {
    id: 'stochastic-depth',
    title: 'Stochastic depth',
    what: 'Skips whole residual layers at random in training, which shortens the network for each batch.',
    helps: ['val-loss-rising', 'past-the-optimum'],
    notWhen: 'The network is shallow, or has no residual branches to skip.',
    typical: [{ context: 'deep ResNets, rising linearly with depth', value: '0 to 0.2' }],
    cautions: ['It belongs into the residual branch, before the addition.'],
    section: 'Dropout variants',
    cost: 'One line a block; training gets slightly faster.',
    check: 'Validation improves while training loss ends a little higher.',
    fixes: ['python'],
  },
  'drop-path': {
    id: 'drop-path',
    title: 'DropPath',
    what: 'Stochastic depth for transformers: drops the residual branch of random samples in a batch.',
    helps: ['val-loss-rising', 'past-the-optimum'],
    notWhen: 'Training a small transformer for a few epochs, or pretraining a language model.',
    typical: [{ context: 'vision transformers, rising linearly over the blocks', value: '0.1 to 0.4' }],
    cautions: ['Apply it to f(x) in x + f(x), never to the sum.'],
    section: 'Dropout variants',
    cost: 'One line a block, or one setting (drop_path_rate) in most vision libraries.',
    check: 'Validation accuracy rises with the longest schedules most of all.',
    fixes: ['python', 'config'],
  },
} as const satisfies Record<string, Technique>;
