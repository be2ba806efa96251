/**
 * FC405 Deep post-norm transformer.
 *
 * Source: the seed document (normalize the input of each block); Xiong et al. 2020: post-norm needs a warm-up and gets
 * unstable with depth. Six layers are what the original transformer trained with it.
 */
import * as l10n from '@vscode/l10n';
import { finding, inThisFile, replaceValue, type ConfigRule } from '../rule';

const DEEP = 6;

export const deepPostNorm: ConfigRule = {
  code: 'FC405',
  title: 'Deep post-norm transformer',
  check(config) {
    const layers = config.number('layers');
    if (layers === null || layers <= DEEP || config.isOn('pre-norm') !== false) return [];
    return config.all('pre-norm').map((setting) => {
      const message = l10n.t(
        '{0}, with {1} layers: normalization after each block gets unstable with depth. Normalize first.',
        inThisFile(setting.entry),
        layers,
      );
      return finding('FC405', setting, 'info', message, replaceValue(setting.entry, 'true', false));
    });
  },
};
