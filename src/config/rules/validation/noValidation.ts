/**
 * FC503 Early stopping without validation data.
 *
 * Source: transformers' EarlyStoppingCallback raises without an evaluation; axolotl and LLaMA-Factory hold out nothing
 * where `val_set_size` and `val_size` are 0.
 */
import * as l10n from '@vscode/l10n';
import { isNone, numberOf, switchOf } from '../../entry';
import { finding, inThisFile, keyOf, type ConfigRule } from '../rule';

export const noValidation: ConfigRule = {
  code: 'FC503',
  title: 'Early stopping without validation data',
  check(config) {
    const patience = config.all('patience').find(({ entry }) => !isNone(entry) && (numberOf(entry) ?? 0) > 0);
    if (!patience) return [];
    const when = config
      .all('evaluation')
      .find(({ entry }) => entry.value === 'no' || switchOf(entry) === false);
    const held = config.settings.filter(({ concept }) => concept === 'validation-share');
    const nothing = held.length > 0 && held.every(({ entry }) => numberOf(entry) === 0);
    const lacking = when ?? (nothing ? held[0] : undefined);
    if (!lacking) return [];
    const message = l10n.t(
      '{0}, and {1} is {2}: early stopping has no validation to watch. Evaluate as often as checkpoints are saved, on data that is held out.',
      inThisFile(lacking.entry),
      keyOf(patience.entry),
      String(patience.entry.value),
    );
    return [finding('FC503', lacking, 'error', message)];
  },
};
