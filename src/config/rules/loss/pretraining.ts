/**
 * FC702 Label smoothing in language model pretraining.
 *
 * Source: the seed document: "less common in language model pretraining". The loss no longer is the likelihood of the text,
 * so that perplexities can't be compared.
 */
import * as l10n from '@vscode/l10n';
import { numberOf } from '../../entry';
import { finding, inThisFile, replaceValue, type ConfigRule } from '../rule';

export const smoothedPretraining: ConfigRule = {
  code: 'FC702',
  title: 'Label smoothing in language model pretraining',
  check: (config) =>
    config.task !== 'pretraining'
      ? []
      : config.all('label-smoothing').flatMap((setting) => {
          const share = numberOf(setting.entry);
          if (share === null || share <= 0 || share >= 1) return [];
          const message = l10n.t(
            "{0}: in the pretraining of a language model the loss is then no likelihood any more, and perplexity can't be compared. Usual: 0.",
            inThisFile(setting.entry),
          );
          return [finding('FC702', setting, 'warning', message, replaceValue(setting.entry, '0.0', false))];
        }),
};
