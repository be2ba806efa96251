/**
 * FC111 Clip bound suspicious.
 *
 * Source: the seed document ("almost always set to 1.0 for transformer training"); YOLO trains with 10, reinforcement
 * learning with 0.5, wav2vec with 10, so a bound outside 0.1 to 10 is worth a remark and never a warning. A negative
 * bound is an error: torch scales every gradient by a negative factor. 0 means "off" in a config.
 */
import { numberOf } from '../../entry';
import { finding, inThisFile, replaceValue, type ConfigRule } from '../rule';

export const clipBound: ConfigRule = {
  code: 'FC111',
  title: 'Clip bound suspicious',
  check: (config) =>
    config.all('clip-norm').flatMap((setting) => {
      const { entry } = setting;
      const bound = numberOf(entry);
      if (bound === null || bound === 0 || (bound >= 0.1 && bound <= 10)) return [];
      // Some trainers take a negative bound for "off".
      if (bound === -1 && config.dialect.soft) return [];
      const negative = bound < 0;
      const why = negative
        ? 'a negative bound turns every gradient around'
        : bound > 10
          ? 'a bound this high clips almost nothing'
          : 'a bound this low clips almost every step';
      const message = `${inThisFile(entry)}: ${why}. The usual bound on the gradient norm is 1.0 (0.5 in reinforcement learning, 10 in some vision trainers).`;
      // A bound that is impossible may be replaced unseen; one that is only unusual may be meant.
      const fix = replaceValue(entry, '1.0', negative);
      return [finding('FC111', setting, negative ? 'error' : 'info', message, fix)];
    }),
};
