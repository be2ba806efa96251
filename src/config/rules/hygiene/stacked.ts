/**
 * FC910 Many regularizers at once.
 *
 * Source: the seed document: do not stack everything blindly, add one at a time and measure. Four strong ones in a file are
 * worth a thought; published recipes of vision trainers stack them, and are let be.
 */
import * as l10n from '@vscode/l10n';
import { numberOf, switchOf } from '../../entry';
import type { Setting } from '../../settings';
import { finding, keyOf, type ConfigRule } from '../rule';

const MANY = 4;

export const stackedRegularizers: ConfigRule = {
  code: 'FC910',
  title: 'Many regularizers at once',
  check(config) {
    if (config.dialect.stacks) return [];
    const kinds = new Map<string, Setting>();
    for (const setting of config.settings) {
      const kind = strong(setting);
      if (kind && !kinds.has(kind)) kinds.set(kind, setting);
    }
    if (kinds.size < MANY) return [];
    const [first, ...others] = [...kinds.values()];
    const list = [first!, ...others].map(({ entry }) => `${keyOf(entry)} ${String(entry.value)}`).join(', ');
    const message = l10n.t(
      '{0} strong regularizers in this file ({1}): together they may keep the network from learning, and nobody can tell which one helps. Add one at a time and measure.',
      kinds.size,
      list,
    );
    return [finding('FC910', first!, 'hint', message)];
  },
};

/** What kind of regularizer a setting is, where it is a strong one. */
function strong({ concept, entry, meaning }: Setting): string | null {
  const value = numberOf(entry);
  if (meaning.unrated) return null;
  if (concept === 'ema-switch') return switchOf(entry) === true ? 'average' : null;
  if (concept === 'auto-augment')
    return typeof entry.value === 'string' && !/^(none|null|)$/i.test(entry.value) ? 'augmentation' : null;
  if (value === null) return null;
  if (concept === 'dropout') return value >= 0.3 ? 'dropout' : null;
  if (concept === 'weight-decay') return value >= 0.1 ? 'decay' : null;
  if (concept === 'label-smoothing') return value >= 0.1 ? 'smoothing' : null;
  if (concept === 'mixup' || concept === 'cutmix') return value > 0 ? 'mixing' : null;
  if (concept === 'drop-path') return value >= 0.2 ? 'depth' : null;
  return null;
}
