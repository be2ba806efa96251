/**
 * FC701 No label smoothing in classification.
 *
 * Source: the seed document (about 0.1 in classification). A hint: distillation, mixed images and calibration have their own
 * ways, and two classes gain nothing.
 */
import * as l10n from '@vscode/l10n';
import { leafOf, numberOf } from '../../entry';
import { finding, inThisFile, replaceValue, type ConfigRule } from '../rule';

export const noSmoothing: ConfigRule = {
  code: 'FC701',
  title: 'No label smoothing in classification',
  check(config) {
    if (config.task !== 'classification' || !config.isWhole) return [];
    const { entries } = config.document;
    if (
      entries.some(
        (entry) =>
          /^(kd|distill|teacher|bce_loss|bce|pretrained)/.test(leafOf(entry)) &&
          entry.value !== false &&
          entry.value !== null &&
          entry.value !== '',
      )
    )
      return [];
    if (entries.some((entry) => leafOf(entry) === 'num_classes' && numberOf(entry) === 2)) return [];
    return config.all('label-smoothing').flatMap((setting) => {
      if (numberOf(setting.entry) !== 0) return [];
      const message = l10n.t(
        '{0}: with more than two classes a little (0.1) keeps a network trained from scratch from being too sure.',
        inThisFile(setting.entry),
      );
      return [finding('FC701', setting, 'hint', message, replaceValue(setting.entry, '0.1', false))];
    });
  },
};
