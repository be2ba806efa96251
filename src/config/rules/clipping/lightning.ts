/**
 * FC114 Clipping that Lightning refuses.
 *
 * Source: lightning/pytorch/plugins/precision/fsdp.py raises: gradient_clip_algorithm="norm" is not supported with FSDP,
 * since no device sees the whole gradient.
 */
import * as l10n from '@vscode/l10n';
import { numberOf } from '../../entry';
import { finding, inThisFile, type ConfigRule } from '../rule';

export const lightningClip: ConfigRule = {
  code: 'FC114',
  title: 'Clipping that Lightning refuses',
  check(config) {
    const { entries } = config.document;
    const sharded = entries.some(
      ({ path, value }) => path.includes('strategy') && typeof value === 'string' && /fsdp/i.test(value),
    );
    if (!sharded || !Object.hasOwn(config.dialect.keys, '**.gradient_clip_algorithm')) return [];
    if ((config.text('clip-algorithm') ?? 'norm') !== 'norm') return [];
    return config
      .all('clip-norm')
      .filter(({ entry }) => (numberOf(entry) ?? 0) > 0)
      .map((setting) => {
        const message = l10n.t(
          '{0}, and the strategy is FSDP: Lightning raises, since no device sees the whole gradient. Clip by value (gradient_clip_algorithm: value), or in configure_gradient_clipping of the module.',
          inThisFile(setting.entry),
        );
        return finding('FC114', setting, 'error', message);
      });
  },
};
