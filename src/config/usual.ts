import * as l10n from '@vscode/l10n';
import { translated } from '../translated';
import { isOnAdapters, isSgd, scaleOf } from './context';
import type { Concept } from './dialects/dialect';
import type { TrainingConfig } from './training';

/**
 * The usual values of a setting in the context of its config, in words; null where there are none to speak of.
 * Source: the seed document and the key map's numbers (clip 1.0, AdamW 0.01 to 0.1, SGD 1e-4 to 5e-4, dropout 0.1 in
 * transformers, smoothing 0.1, patience 3 to 10 checks, averages 0.999 to 0.9999, Mixup 0.2 to 0.8).
 */
export function usualOf(concept: Concept, config: TrainingConfig): string | null {
  return byConcept[concept]?.(config) ?? null;
}

const to = (low: string, high: string): string => l10n.t('{0} to {1}', low, high);

const byConcept: Readonly<Partial<Record<Concept, (config: TrainingConfig) => string | null>>> = {
  'learning-rate': (config) => {
    if (isOnAdapters(config.settings)) return l10n.t('1e-4 to 3e-4 (adapters)');
    if (config.task === 'finetuning' || config.task === 'preference')
      return l10n.t('5e-6 to 5e-5 (fine-tuning)');
    if (config.task === 'pretraining')
      return l10n.t('1e-4 to 1e-3, smaller the larger the model, after a warm-up');
    if (config.task === 'reinforcement') return '3e-4';
    return isSgd(config.optimizer)
      ? l10n.t('0.01 to 0.1 (SGD)')
      : l10n.t('1e-4 to 1e-3 (Adam), 0.01 to 0.1 (SGD)');
  },
  'weight-decay': (config) => {
    const scaled = scaleOf(config.dialect, config.optimizer);
    if (scaled)
      return l10n.t('{0} to {1} ({2} scales it)', scaled[0], scaled[1], translated(config.dialect.title));
    if (isOnAdapters(config.settings)) return l10n.t('0 to 0.01 (adapters)');
    return isSgd(config.optimizer)
      ? l10n.t('1e-4 to 5e-4 (SGD)')
      : l10n.t('0.01 to 0.1 (AdamW), none on biases and norms');
  },
  'clip-norm': ({ dialect, task }) =>
    dialect.fixedClip ? l10n.t('{0} (fixed)', dialect.fixedClip) : task === 'reinforcement' ? '0.5' : '1.0',
  'label-smoothing': ({ task }) =>
    task === 'pretraining'
      ? l10n.t('0 in language model pretraining')
      : l10n.t('0.1 in classification with more than two classes'),
  dropout: ({ task }) =>
    task === 'pretraining'
      ? l10n.t('0 in language model pretraining')
      : l10n.t('0.1 in transformers, up to 0.5 in fully connected layers'),
  'lora-dropout': () => to('0', '0.1'),
  'layer-drop': () => to('0', '0.1'),
  'drop-path': () => l10n.t('0.1 to 0.4, more the deeper the network'),
  'ema-decay': () =>
    l10n.t('0.999 to 0.9999: it remembers 1 / (1 - decay) steps, at most a fifth of the run'),
  'ema-momentum': () => to('0.001', '0.0001'),
  patience: () => l10n.t('3 to 10 checks'),
  'warmup-share': () => to('0.01', '0.1'),
  'warmup-steps': () => l10n.t('1 to 10 % of the run'),
  'warmup-epochs': () => l10n.t('1 to 10 % of the run'),
  mixup: () => to('0.2', '0.8'),
  cutmix: () => '1.0',
  'mix-switch': () => '0.5',
  'mosaic-off': () => l10n.t('10 epochs'),
  erasing: () => '0.25',
  norm: () =>
    l10n.t(
      'batch norm from 16 per device on; below that SyncBN or GroupNorm; LayerNorm or RMSNorm in transformers',
    ),
  'batch-size': () => l10n.t('as many as fit; 16 and more where there is batch norm'),
};
