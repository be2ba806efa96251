import * as l10n from '@vscode/l10n';
import { elsewhereAdvice } from '../elsewhere';
import { argument, type Call } from '../model/call';
import { numberOf, spelled } from '../model/nodes';
import { oncePer } from '../model/once';
import type { Script } from '../model/script';
import { gradientPenalty, isAdversarial, isReinforcement } from '../model/subject';
import { refuse, type Planner } from '../proposal';
import { insertNorms, type Norm } from './insert';
import { syncBatchNorm } from './sync';

const widthOf = (call: Call, name: string): string | null => {
  const value = argument(call, name, 1)?.value;
  return value && !/[\n#]/.test(value.text) ? spelled(value) : null;
};

const batch: Norm = {
  kind: 'conv',
  suffix: 'bn',
  classFor(layer) {
    if (/^keras\.layers\.(Separable|Depthwise)?Conv\dD$/.test(layer.path))
      return { className: 'BatchNormalization', width: null };
    const dimension = /^torch\.nn\.Conv([123])d$/.exec(layer.path)?.[1];
    const width = dimension === undefined ? null : widthOf(layer, 'out_channels');
    return width === null ? null : { className: `BatchNorm${dimension}d`, width };
  },
};

/**
 * Layers of sigmoids let hardly anything of the differences between examples through, and only statistics over examples bring those
 * back. Source: Ioffe and Szegedy 2015, 4.1 (fully connected layers of sigmoids); a network of eight was tried, and learned with batch
 * norm, not with layer norm.
 */
const sigmoids: Norm = {
  kind: 'linear',
  suffix: 'bn',
  saturating: true,
  classFor(call) {
    const width = call.path === 'torch.nn.Linear' ? widthOf(call, 'out_features') : null;
    return width === null ? null : { className: 'BatchNorm1d', width };
  },
};

/** Whether what a script classifies are plain vectors: of sequences `BatchNorm1d` would take the steps for channels. */
const classifiesVectors = oncePer(
  ({ losses, calls }: Script) =>
    losses.some(({ path }) => /cross_entropy|CrossEntropy|BCE/.test(path)) &&
    !calls.some(({ name }) => /^(LSTM|GRU|RNN|Embedding|EmbeddingBag|MultiheadAttention|unfold)$/.test(name)),
);

const layer: Norm = {
  kind: 'linear',
  suffix: 'ln',
  classFor(call) {
    if (call.path === 'keras.layers.Dense' && argument(call, 'units', 0)?.value.text !== '1')
      return { className: 'LayerNormalization', width: null };
    const width = call.path === 'torch.nn.Linear' ? widthOf(call, 'out_features') : null;
    // One feature is its own mean, and of a scalar the norm would leave no more than the sign.
    const single = width === '1' || argument(call, 'in_features', 0)?.value.text === '1';
    return width === null || single ? null : { className: 'LayerNorm', width };
  },
};

/** The smallest batch whose statistics are worth something. Source: rule FC402. */
const SMALL = 8;

const smallBatch = oncePer((script: Script): number | null => {
  for (const call of script.calls) {
    if (!/DataLoader$|^fit$/.test(call.name)) continue;
    const size = numberOf(argument(call, 'batch_size', call.name === 'fit' ? 2 : 1)?.value);
    if (size !== null && size > 1 && size < SMALL) return size;
  }
  return null;
});

const gan = (): string =>
  l10n.t(
    'a GAN: where its two networks are normalised is a part of its recipe; for the discriminator take spectral norm',
  );

/** Why the batches of a script have no statistics to normalise by, or null. */
function unfitForBatches(script: Script): string | null {
  const small = smallBatch(script);
  if (isAdversarial(script)) return gan();
  if (isReinforcement(script))
    return l10n.t(
      'reinforcement learning: batches change with the policy, and their statistics with them; use layer norm',
    );
  if (small !== null)
    return l10n.t(
      'batches of {0} are too small for batch norm: use nn.GroupNorm with a divisor of the channels',
      small,
    );
  return gradientPenalty(script) !== null
    ? l10n.t(
        'a gradient penalty is taken for each sample alone, which batch norm mixes: use layer or instance norm',
      )
    : null;
}

/** Batch norm after convolutions and within stacks of sigmoids, and its statistics over all processes of a distributed training. */
export const batchNorm: Planner = {
  propose(script) {
    const found = [
      ...insertNorms(batch, script),
      ...(classifiesVectors(script) ? insertNorms(sigmoids, script) : []),
    ];
    const unfit = unfitForBatches(script);
    if (unfit !== null && found.length > 0) return found.map(({ anchor }) => refuse(anchor, unfit));
    // What gets its first batch norms here is synchronised with them.
    const inserted = found.some(({ outcome }) => !('reason' in outcome));
    const synced = syncBatchNorm(inserted, script);
    return synced.length > 0 && !inserted ? synced : [...found, ...synced];
  },
  nothing: (script) =>
    elsewhereAdvice(script, 'batch-norm') ??
    l10n.t(
      'no convolution with an activation stands in the modules here without a norm, and no DDP wraps one with batch norm',
    ),
};

/** Layer norm after hidden linear layers. */
export const layerNorm: Planner = {
  propose(script) {
    const found = insertNorms(layer, script);
    return isAdversarial(script) ? found.map(({ anchor }) => refuse(anchor, gan())) : found;
  },
  nothing: (script) =>
    elsewhereAdvice(script, 'layer-norm') ??
    l10n.t('no hidden linear layer with an activation stands in the modules here without a norm'),
};
