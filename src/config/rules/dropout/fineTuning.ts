/**
 * FC305 Fine-tuning of an encoder without dropout.
 *
 * Source: the seed document: 0.1 when a transformer is fine-tuned. BERT and its kin ship with 0.1; the LLaMA family has no
 * dropout at all, and adapters have their own.
 */
import * as l10n from '@vscode/l10n';
import { isOnAdapters } from '../../context';
import { numberOf } from '../../entry';
import { finding, inThisFile, keyOf, replaceValue, type ConfigRule } from '../rule';

const encoders = /^(bert|roberta|xlm-roberta|electra|deberta(-v2)?|distilbert|albert|camembert|mpnet)$/;

export const fineTuningDropout: ConfigRule = {
  code: 'FC305',
  title: 'Fine-tuning of an encoder without dropout',
  check(config) {
    const { document, settings } = config;
    const type = document.entries.find(({ path }) => path.join('.') === 'model_type')?.value;
    if (typeof type !== 'string' || !encoders.test(type) || isOnAdapters(settings)) return [];
    return config.all('dropout').flatMap((setting) => {
      const { entry } = setting;
      if (numberOf(entry) !== 0 || keyOf(entry) === 'classifier_dropout') return [];
      const message = l10n.t(
        '{0}: {1} is fine-tuned with 0.1 as a rule, and overfits a small data set without.',
        inThisFile(entry),
        type,
      );
      return [finding('FC305', setting, 'hint', message, replaceValue(entry, '0.1', false))];
    });
  },
};
