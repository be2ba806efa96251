/**
 * FC505 What the Hugging Face early stopping needs.
 *
 * Source: transformers' TrainingArguments raise: `load_best_model_at_end` requires the save and eval strategies to match,
 * and save_steps to be a multiple of eval_steps.
 */
import * as l10n from '@vscode/l10n';
import { finding, inThisFile, keyOf, replaceValue, type ConfigRule } from '../rule';

const strategies = ['no', 'steps', 'epoch'];

export const bestModelNeeds: ConfigRule = {
  code: 'FC505',
  title: 'What the Hugging Face early stopping needs',
  check(config) {
    const [best] = config.all('load-best');
    const [when] = config.all('evaluation');
    const [save] = config.all('save-strategy');
    if (!best || !when || config.isOn('load-best') !== true) return [];
    const [at, saved] = [config.text('evaluation'), config.text('save-strategy')];
    if (!at || !strategies.includes(at) || at === 'no') return [];
    if (save && saved && strategies.includes(saved) && saved !== at) {
      const message = l10n.t(
        '{0}, {1} is {2} and {3} is on: the Trainer raises, since the best model can be loaded only where one is saved at each evaluation.',
        inThisFile(save.entry),
        keyOf(when.entry),
        at,
        keyOf(best.entry),
      );
      return [finding('FC505', save, 'error', message, replaceValue(save.entry, at, false))];
    }
    const [evals, saves] = [config.all('eval-every')[0], config.all('save-every')[0]];
    const [every, each] = [config.number('eval-every'), config.number('save-every')];
    if (!evals || !saves || at !== 'steps' || !every || !each || every < 1 || each < 1 || each % every === 0)
      return [];
    const message = l10n.t(
      '{0}, which is no multiple of {1} ({2}), and {3} is on: the Trainer raises.',
      inThisFile(saves.entry),
      keyOf(evals.entry),
      every,
      keyOf(best.entry),
    );
    return [
      finding(
        'FC505',
        saves,
        'error',
        message,
        replaceValue(saves.entry, String(every * Math.ceil(each / every)), false),
      ),
    ];
  },
};
