/**
 * FC913 Conflicting clip keys.
 *
 * Two keys of one mapping that speak of the same clip, one of which says off: only one of them is read.
 */
import * as l10n from '@vscode/l10n';
import { isNone, numberOf, switchOf } from '../../entry';
import { isBeside } from '../../settings';
import { finding, inThisFile, keyOf, type ConfigRule } from '../rule';

export const conflictingClips: ConfigRule = {
  code: 'FC913',
  title: 'Conflicting clip keys',
  check(config) {
    const clips = config.all('clip-norm', 'clip-switch');
    const off = clips.filter(
      ({ entry }) => isNone(entry) || numberOf(entry) === 0 || switchOf(entry) === false,
    );
    return off.flatMap((setting) => {
      const on = clips.find(
        (one) =>
          one !== setting &&
          isBeside(one, setting) &&
          (numberOf(one.entry) ?? 0) > 0 &&
          one.concept === 'clip-norm',
      );
      if (!on) return [];
      const message = l10n.t(
        '{0}, and {1} beside it is {2}: one of them has no effect. Keep the one that the training reads.',
        inThisFile(setting.entry),
        keyOf(on.entry),
        String(on.entry.value),
      );
      return [finding('FC913', setting, 'warning', message)];
    });
  },
};
