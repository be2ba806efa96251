/**
 * FC912 No warm-up with a high learning rate.
 *
 * Source: the seed document (warm up first where training is unstable early); transformers trained from scratch diverge without.
 * A schedule that scales the rate by itself (Noam) is another matter, and so is a rate whose scale is not known.
 */
import * as l10n from '@vscode/l10n';
import { isOnAdapters } from '../../context';
import { numberOf } from '../../entry';
import { finding, inThisFile, type ConfigRule } from '../rule';

const kinds = ['warmup-steps', 'warmup-share', 'warmup-epochs'] as const;
type Kind = (typeof kinds)[number];

/** Rates up to here are those of fine-tunings, which do without. */
const HIGH = 1e-4;

export const noWarmup: ConfigRule = {
  code: 'FC912',
  title: 'No warm-up with a high learning rate',
  check(config) {
    const { dialect, settings, task } = config;
    if (!config.isWhole || task !== 'pretraining' || isOnAdapters(settings)) return [];
    const set = kinds.filter((kind) => config.has(kind));
    const values = Object.values(dialect.keys).filter((one) => typeof one === 'object');
    const byDefault = values.some((one) => kinds.includes(one.is as Kind) && Number(one.default ?? 0) > 0);
    if (set.length === 0 ? byDefault : set.some((kind) => config.number(kind) !== 0)) return [];
    if (/noam|inverse_sqrt/i.test(config.text('scheduler') ?? '')) return [];
    return config.all('learning-rate').flatMap((setting) => {
      const rate = numberOf(setting.entry);
      if (rate === null || rate <= HIGH || rate > 1) return [];
      const message = l10n.t(
        '{0}, and there is no warm-up: a transformer that starts at its full rate may never recover from the first steps. Usual: 1 to 3 % of the run.',
        inThisFile(setting.entry),
      );
      return [finding('FC912', setting, 'hint', message)];
    });
  },
};
