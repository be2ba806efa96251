import * as l10n from '@vscode/l10n';
import { translated } from '../../translated';
import type { TechniqueId } from '../../remedies/remedy';
import { isOnAdapters, isSgd, scaleOf } from '../context';
import type { Concept } from '../dialects/dialect';
import { numberOf } from '../entry';
import type { TrainingConfig } from '../training';

/** What a technique sets in a config, or why it sets nothing there. */
export type Wanted =
  | {
      readonly concept: Concept;
      /** A number as a decimal, which every reader takes for a number, or `true`. */
      readonly value: string;
      /** Where the key is missing, whether it may be put in: not where it is the network's, which may not take it. */
      readonly mayAdd: boolean;
    }
  | { readonly reason: string };

/**
 * The key and the value of a technique, in the context of a config. Values are those of the catalogue
 * (`remedies/techniques`), which are of the seed document; where the context that a value holds in is not known, none.
 */
export function wantedOf(technique: TechniqueId, config: TrainingConfig): Wanted {
  return wanted[technique]?.(config) ?? { reason: l10n.t('it has no key of its own in a config') };
}

const wanted: Readonly<Partial<Record<TechniqueId, (config: TrainingConfig) => Wanted>>> = {
  'gradient-clipping': clipping,
  'weight-decay': decay,
  'label-smoothing': smoothing,
  dropout,
  'early-stopping': () => ({ concept: 'patience', value: '5', mayAdd: false }),
  ema: () => ({ concept: 'ema-switch', value: 'true', mayAdd: false }),
  'drop-path': (config) => ofImages(config, 'drop-path', '0.1'),
  mixup: (config) => ofImages(config, 'mixup', '0.2'),
  cutmix: (config) => ofImages(config, 'cutmix', '1.0'),
  'longer-warmup': warmup,
};

function clipping(config: TrainingConfig): Wanted {
  const { dialect, task } = config;
  if (dialect.fixedClip !== undefined)
    return { reason: l10n.t('{0} always clips at {1}', translated(dialect.title), dialect.fixedClip) };
  if ((config.text('clip-algorithm') ?? 'norm') !== 'norm')
    return { reason: l10n.t('this config clips otherwise than by the norm') };
  if (config.isOn('clip-switch') === false)
    return { reason: l10n.t('another key of this config switches clipping off') };
  if (config.isOn('fused-backward'))
    return { reason: l10n.t('the update is a part of the backward pass, where no norm is known') };
  return { concept: 'clip-norm', value: task === 'reinforcement' ? '0.5' : '1.0', mayAdd: true };
}

function decay(config: TrainingConfig): Wanted {
  const { dialect, task, settings } = config;
  const optimizer = config.optimizer ?? config.text('optimizer');
  if (isOnAdapters(settings)) return { reason: l10n.t('adapters do without weight decay') };
  if (task === 'reinforcement')
    return { reason: l10n.t('weight decay is no part of reinforcement learning') };
  const scaled = scaleOf(dialect, optimizer);
  if (scaled) return { concept: 'weight-decay', value: String(scaled[2]), mayAdd: true };
  if (optimizer === null)
    return {
      reason: l10n.t('which optimizer it trains with is not known, and the usual value depends on it'),
    };
  if (isSgd(optimizer)) return { concept: 'weight-decay', value: '0.0005', mayAdd: true };
  const isDecoupled = /adam_?w|lion/.test(optimizer) || (task === 'pretraining' && /adam/.test(optimizer));
  if (!isDecoupled)
    return { reason: l10n.t('{0} may add the decay to the gradient; AdamW keeps the two apart', optimizer) };
  return { concept: 'weight-decay', value: task === 'pretraining' ? '0.1' : '0.01', mayAdd: true };
}

function smoothing(config: TrainingConfig): Wanted {
  if (config.task !== 'classification')
    return {
      reason: l10n.t('label smoothing is for classification, which this config does not say that it is'),
    };
  const { entries } = config.document;
  const two = entries.some(
    (one) => /^(num_(classes|labels)|nc|classes)$/i.test(one.path.at(-1)!) && (numberOf(one) ?? 3) <= 2,
  );
  if (two) return { reason: l10n.t('with two classes there is nothing to share the probability with') };
  return { concept: 'label-smoothing', value: '0.1', mayAdd: true };
}

function dropout({ task, settings }: TrainingConfig): Wanted {
  if (isOnAdapters(settings)) return { concept: 'lora-dropout', value: '0.1', mayAdd: false };
  if (task === 'finetuning') return { concept: 'dropout', value: '0.1', mayAdd: false };
  if (task === 'pretraining') return { reason: l10n.t('language models are pretrained without dropout') };
  return {
    reason: l10n.t(
      'the usual value depends on the layers (0.1 in transformers, 0.5 in fully connected ones), of which a config does not tell',
    ),
  };
}

function ofImages({ task }: TrainingConfig, concept: Concept, value: string): Wanted {
  if (task !== 'classification')
    return {
      reason: l10n.t('it is for images and their classes, which this config does not say that it has'),
    };
  return { concept, value, mayAdd: false };
}

/** Usual in transformers: up to 5 % of all steps, and at most 2,000. */
function warmup(config: TrainingConfig): Wanted {
  if (config.has('warmup-share') && !config.has('warmup-steps'))
    return { concept: 'warmup-share', value: '0.05', mayAdd: false };
  const total = config.number('steps');
  if (total === null || total <= 0)
    return { reason: l10n.t('how many steps it trains is not known, and a warm-up is a share of them') };
  if (config.has('warmup-unit'))
    return { reason: l10n.t('its warm-up may be counted in something else than steps') };
  return { concept: 'warmup-steps', value: String(Math.min(2000, Math.round(total * 0.05))), mayAdd: false };
}
