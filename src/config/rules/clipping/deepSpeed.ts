/**
 * FC113 DeepSpeed config without gradient clipping.
 *
 * Source: deepspeed/runtime/constants.py: `gradient_clipping` is 0 where it is missing, which is off. The value of the
 * Hugging Face Trainer is filled in only where the key is there with "auto".
 */
import * as l10n from '@vscode/l10n';
import { leafOf } from '../../entry';
import { finding, insertBeside, type ConfigRule } from '../rule';

export const deepSpeedClipping: ConfigRule = {
  code: 'FC113',
  title: 'DeepSpeed config without gradient clipping',
  check(config) {
    const { document, dialect, facts, optimizer } = config;
    if (dialect.keys.gradient_clipping === undefined || !dialect.whole || config.has('clip-norm')) return [];
    // These scale their updates themselves.
    if (optimizer !== null && /onebit|zeroone|lamb/.test(optimizer)) return [];
    const anchor = document.entries.find(({ path }) => path.length === 1) ?? document.entries[0];
    if (!anchor || leafOf(anchor) === '$schema') return [];
    const auto = document.entries.some(({ value }) => value === 'auto');
    const value = auto || facts.trainerClips ? '"auto"' : '1.0';
    const why = facts.trainerClips
      ? l10n.t('the max_grad_norm that the trainer sets has no effect')
      : l10n.t('DeepSpeed then does not clip at all');
    const message = l10n.t('There is no gradient_clipping in this file: {0}. Usual: {1}.', why, value);
    const fix = anchor.path.length === 1 ? insertBeside(document, anchor, 'gradient_clipping', value) : null;
    return [
      finding('FC113', { entry: anchor }, facts.trainerClips ? 'warning' : 'info', message, fix, 'key'),
    ];
  },
};
