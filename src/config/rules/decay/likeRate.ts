/**
 * FC207 Learning rate and weight decay look mixed up.
 *
 * With Adam a learning rate of 0.05 or more diverges, and a decay of that size is usual: the two were swapped. The same value
 * for both is rarely meant (1e-4 for both is: DETR).
 */
import * as l10n from '@vscode/l10n';
import { numberOf } from '../../entry';
import { isBeside } from '../../settings';
import { finding, inThisFile, keyOf, type ConfigRule } from '../rule';

const TOO_FAST = 0.05;
const TINY_DECAY = 1e-3;

export const decayLikeRate: ConfigRule = {
  code: 'FC207',
  title: 'Learning rate and weight decay look mixed up',
  check(config) {
    if (!/adam/.test(config.optimizer ?? '')) return [];
    return config.all('weight-decay').flatMap((decay) => {
      const rate = config.all('learning-rate').find((one) => isBeside(one, decay));
      const d = numberOf(decay.entry);
      const r = rate ? numberOf(rate.entry) : null;
      if (!rate || d === null || r === null || d <= 0) return [];
      const swapped = r >= TOO_FAST && d <= TINY_DECAY;
      const same = r === d && r > 1e-4;
      if (!swapped && !same) return [];

      const values = [inThisFile(decay.entry), keyOf(rate.entry), String(rate.entry.value)];
      const message = swapped
        ? l10n.t(
            '{0} and {1} is {2}: they look swapped. Usual with Adam: a learning rate of 1e-5 to 1e-3, a decay of 0.01 to 0.1.',
            ...values,
          )
        : l10n.t(
            '{0} and {1} is {2}: they are the same, which is rarely meant. Usual with Adam: a learning rate of 1e-5 to 1e-3, a decay of 0.01 to 0.1.',
            ...values,
          );
      return [finding('FC207', decay, 'info', message)];
    });
  },
};
