/**
 * FC402 Batch norm with a small batch.
 *
 * Source: the seed document: batch norm "struggles with small or distributed batches"; Wu and He (Group Normalization): the
 * error rises below 16 per device. Gradient accumulation does not help: statistics are taken per forward pass.
 */
import * as l10n from '@vscode/l10n';
import { leafOf, numberOf, switchOf } from '../../entry';
import { finding, inThisFile, keyOf, type ConfigRule } from '../rule';

const TOO_SMALL = 4;
const SMALL = 16;

export const smallBatchNorm: ConfigRule = {
  code: 'FC402',
  title: 'Batch norm with a small batch',
  check(config) {
    const batch = config.one('batch-size');
    const size = batch ? numberOf(batch.entry) : null;
    if (!batch || size === null || size < 1 || size >= SMALL || config.isOn('sync-norm') === true) return [];
    // Statistics that are not taken from the batch do not mind how small it is; a base that was not found may say so.
    if (config.isOn('frozen-norm') === true || !config.inherited.complete) return [];
    const frozen = config.document.entries.some(
      (entry) =>
        (leafOf(entry) === 'norm_eval' && switchOf(entry) === true) ||
        (entry.path.includes('norm_cfg') && leafOf(entry) === 'requires_grad' && switchOf(entry) === false),
    );
    if (frozen) return [];
    return config
      .all('norm')
      .filter(
        ({ entry }) => typeof entry.value === 'string' && /^(bn|bn2d|batch_?norm(2d)?)$/i.test(entry.value),
      )
      .slice(0, 1)
      .map((setting) => {
        const message =
          size < TOO_SMALL
            ? l10n.t(
                '{0}, and {1} is {2}: the statistics of {2} examples are noise. Take SyncBN over devices, GroupNorm, or frozen statistics; accumulation does not help.',
                inThisFile(setting.entry),
                keyOf(batch.entry),
                size,
              )
            : l10n.t(
                '{0}, and {1} is {2}: the statistics of {2} examples are noise from 16 per device downwards. Take SyncBN over devices, GroupNorm, or frozen statistics; accumulation does not help.',
                inThisFile(setting.entry),
                keyOf(batch.entry),
                size,
              );
        return finding('FC402', setting, size < TOO_SMALL ? 'warning' : 'info', message);
      });
  },
};
