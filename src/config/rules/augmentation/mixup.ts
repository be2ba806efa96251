/**
 * FC806 Mixup is stronger than usual.
 *
 * Source: the papers and timm's recipes (Mixup 0.2 to 0.8, CutMix 1.0, one or the other per batch).
 */
import * as l10n from '@vscode/l10n';
import { numberOf } from '../../entry';
import { finding, inThisFile, keyOf, replaceValue, type ConfigRule } from '../rule';

export const strongMixup: ConfigRule = {
  code: 'FC806',
  title: 'Mixup is stronger than usual',
  check(config) {
    const [cutmix] = config.all('cutmix');
    const both = (cutmix ? (numberOf(cutmix.entry) ?? 0) : 0) >= 1;
    const switched =
      config.number('mix-switch') ??
      (Object.values(config.dialect.keys).some((one) => typeof one === 'object' && one.is === 'mix-switch')
        ? 0.5
        : 0);
    return config.all('mixup').flatMap((setting) => {
      const alpha = numberOf(setting.entry);
      if (alpha === null) return [];
      if (alpha > 1) {
        const message = l10n.t(
          '{0}: above 1 most images are halves of two, which is hard to learn from. Usual: 0.2 to 0.8.',
          inThisFile(setting.entry),
        );
        return [finding('FC806', setting, 'info', message, replaceValue(setting.entry, '0.8', false))];
      }
      if (alpha < 1 || !both || switched > 0 || config.dialect.soft) return [];
      const message = l10n.t(
        '{0}, and so is {1}, without a share that says which of the two a batch gets. Usual: 0.5.',
        inThisFile(setting.entry),
        keyOf(cutmix!.entry),
      );
      return [finding('FC806', setting, 'info', message)];
    });
  },
};
