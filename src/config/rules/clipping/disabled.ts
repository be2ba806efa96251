/**
 * FC112 Clipping disabled in config.
 *
 * Source: the seed document (1.0 "almost always" for transformers). Only where the framework clips by itself and the file
 * switches that off: the presets that train without (RoBERTa, Transformer-base) are of frameworks whose default is off.
 */
import * as l10n from '@vscode/l10n';
import { translated } from '../../../translated';
import { isNone, numberOf, switchOf } from '../../entry';
import { finding, inThisFile, replaceValue, type ConfigRule } from '../rule';

export const clippingDisabled: ConfigRule = {
  code: 'FC112',
  title: 'Clipping disabled in config',
  check: (config) =>
    config.task !== 'pretraining' && config.task !== 'finetuning'
      ? []
      : config.all('clip-norm').flatMap((setting) => {
          const { entry, meaning } = setting;
          const off = isNone(entry) || numberOf(entry) === 0 || switchOf(entry) === false;
          if (!off || typeof meaning.default !== 'number' || meaning.default <= 0) return [];
          const message = l10n.t(
            '{0}: gradients are not clipped, as {1} would do by itself ({2}). One bad batch can undo much of the training.',
            inThisFile(entry),
            translated(config.dialect.title),
            meaning.default,
          );
          return [finding('FC112', setting, 'hint', message, replaceValue(entry, '1.0', false))];
        }),
};
