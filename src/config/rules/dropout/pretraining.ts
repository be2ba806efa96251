/**
 * FC304 Dropout in language model pretraining.
 *
 * Source: the seed document: 0 in large-scale pretraining, where every token is seen once and there is nothing to overfit to.
 * Masked models (BERT, T5) are published with 0.1, and are let be.
 */
import * as l10n from '@vscode/l10n';
import { numberOf } from '../../entry';
import { finding, inThisFile, replaceValue, type ConfigRule } from '../rule';

const masked = /(^|[^a-z])(bert|roberta|electra|deberta|t5|bart|mlm)/i;

export const pretrainingDropout: ConfigRule = {
  code: 'FC304',
  title: 'Dropout in language model pretraining',
  check(config) {
    const { document, task } = config;
    if (task !== 'pretraining' || masked.test(document.command)) return [];
    if (document.entries.some(({ value }) => typeof value === 'string' && masked.test(value))) return [];
    return config.all('dropout').flatMap((setting) => {
      const share = numberOf(setting.entry);
      if (share === null || share <= 0 || share >= 1) return [];
      const message = l10n.t(
        '{0}: language models are pretrained without dropout, since they see every token once. Usual: 0; 0.1 where the data is repeated for many epochs.',
        inThisFile(setting.entry),
      );
      return [finding('FC304', setting, 'info', message, replaceValue(setting.entry, '0.0', false))];
    });
  },
};
