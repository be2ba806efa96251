/**
 * FC506 Patience is unreasonable.
 *
 * Source: usual recipes wait for 3 to 10 checks. Metrics jitter: a patience of 0 or 1 stops at the first bad epoch, and one
 * that is longer than the training never stops. Where 0 is how a framework writes "off", it is that.
 */
import * as l10n from '@vscode/l10n';
import { leafOf, numberOf, switchOf } from '../../entry';
import type { TrainingConfig } from '../../training';
import { finding, inThisFile, replaceValue, type ConfigRule } from '../rule';

const USUAL = 5;

export const unreasonablePatience: ConfigRule = {
  code: 'FC506',
  title: 'Patience is unreasonable',
  check: (config) =>
    config.all('patience').flatMap((setting) => {
      const { entry, meaning } = setting;
      const patience = numberOf(entry);
      // A file of all arguments holds the defaults, too.
      if (patience === null || patience < 0 || patience === meaning.default) return [];
      const epochs = countsEpochs(config) ? config.number('epochs') : null;
      const never = epochs !== null && epochs > 1 && patience >= epochs;
      const tooShort =
        patience <= 1 &&
        !(
          patience === 0 &&
          (meaning.default === undefined ||
            typeof meaning.default === 'number' ||
            config.dialect.soft === true)
        );
      if (!never && !tooShort) return [];
      const why = never
        ? l10n.t('as long as the training of {0} epochs: it never stops', epochs)
        : l10n.t('it stops at the first bad check, and metrics jitter');
      const fix = never ? null : replaceValue(entry, String(USUAL), false);
      return [
        finding(
          'FC506',
          setting,
          'info',
          l10n.t('{0}: {1}. Usual are 3 to 10 checks.', inThisFile(entry), why),
          fix,
        ),
      ];
    }),
};

/** Patience is counted in checks; a check is an epoch unless the file says otherwise. */
function countsEpochs(config: TrainingConfig): boolean {
  const evaluation = config.text('evaluation');
  if (evaluation !== null) return evaluation === 'epoch';
  return !config.document.entries.some((entry) => otherwise.has(leafOf(entry)) && switchOf(entry) !== true);
}

/** Lightning's, axolotl's: how often validation runs, where it is not once an epoch (1). */
const otherwise = new Set(['val_check_interval', 'check_val_every_n_epoch', 'evals_per_epoch', 'eval_steps']);
