/**
 * FC807 Mosaic is never switched off.
 *
 * Source: YOLOX and Ultralytics train the last epochs (10 by default) on whole images: detectors see only those later.
 */
import * as l10n from '@vscode/l10n';
import { leafOf, numberOf } from '../../entry';
import { finding, inThisFile, replaceValue, type ConfigRule } from '../rule';

export const mosaicNeverOff: ConfigRule = {
  code: 'FC807',
  title: 'Mosaic is never switched off',
  check(config) {
    const other = config.document.entries.some(
      (entry) => leafOf(entry) === 'mode' && typeof entry.value === 'string' && entry.value !== 'train',
    );
    if (other || (config.number('mosaic') ?? 1) === 0) return [];
    return config.all('mosaic-off').flatMap((setting) => {
      if (numberOf(setting.entry) !== 0) return [];
      const message = l10n.t(
        '{0}: mosaic stays on to the end, so that the network never trains on images as it will see them. Usual: 10 epochs without.',
        inThisFile(setting.entry),
      );
      return [finding('FC807', setting, 'hint', message, replaceValue(setting.entry, '10', false))];
    });
  },
};
