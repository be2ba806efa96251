/**
 * FC704 Labels are smoothed twice.
 *
 * Smoothing in the targets (an algorithm, the mixing of images) and in the loss adds up to more than either says.
 */
import * as l10n from '@vscode/l10n';
import { numberOf } from '../../entry';
import type { Setting } from '../../settings';
import { finding, inThisFile, type ConfigRule } from '../rule';

const inTargets = /^(algorithms?|mixup|cutmix|mixup_cutmix|augment\w*|data|dataset|batch_augments)$/;
const inLoss = /^(loss\w*|criterion|loss_fn)$/;

export const smoothedTwice: ConfigRule = {
  code: 'FC704',
  title: 'Labels are smoothed twice',
  check(config) {
    const smoothed = config.all('label-smoothing').filter(({ entry }) => (numberOf(entry) ?? 0) > 0);
    const targets = smoothed.find((one) => isBelow(one, inTargets));
    const loss = smoothed.find((one) => isBelow(one, inLoss));
    if (!targets || !loss || targets === loss) return [];
    const message = l10n.t(
      '{0}, and {1} is {2}: the labels are smoothed twice. Keep one of them.',
      inThisFile(loss.entry),
      targets.entry.path.join('.'),
      String(targets.entry.value),
    );
    return [finding('FC704', loss, 'warning', message)];
  },
};

function isBelow({ entry }: Setting, names: RegExp): boolean {
  return entry.path.slice(0, -1).some((key) => names.test(key.toLowerCase()));
}
