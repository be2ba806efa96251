/**
 * FC105 Clipping with an optimizer that steps in backward.
 *
 * Source: torchtune's recipes raise "Gradient clipping is not supported with optimizer in bwd": the gradients are gone
 * before their norm could be taken.
 */
import * as l10n from '@vscode/l10n';
import { isNone } from '../../entry';
import { finding, inThisFile, replaceValue, type ConfigRule } from '../rule';

export const fusedBackward: ConfigRule = {
  code: 'FC105',
  title: 'Clipping with an optimizer that steps in backward',
  check(config) {
    if (config.isOn('fused-backward') !== true) return [];
    return config
      .all('clip-norm')
      .filter(({ entry }) => !isNone(entry))
      .map((setting) => {
        const message = l10n.t(
          '{0}, and the optimizer steps in the backward pass: there is no gradient left to clip, and the recipe refuses to start. Set it to null, or do without the fused step.',
          inThisFile(setting.entry),
        );
        return finding('FC105', setting, 'error', message, replaceValue(setting.entry, 'null', false));
      });
  },
};
