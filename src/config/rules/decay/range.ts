/**
 * FC206 Weight decay out of range.
 *
 * Source: the seed document (0.01 to 0.1 for transformers, decoupled); 1e-4 to 5e-4 is usual for SGD, where the decay
 * is part of the gradient. Published recipes go up to 0.3 (vision transformers), so only more than that is a warning.
 */
import * as l10n from '@vscode/l10n';
import { translated } from '../../../translated';
import { isSgd, scaleOf } from '../../context';
import { numberOf } from '../../entry';
import type { Setting } from '../../settings';
import type { LintFinding } from '../../../findings/finding';
import type { TrainingConfig } from '../../training';
import { finding, inThisFile, replaceValue, type ConfigRule } from '../rule';

const SGD_MAX = 0.01;
const ADAMW_MAX = 0.3;
const TINY = 1e-6;

export const decayRange: ConfigRule = {
  code: 'FC206',
  title: 'Weight decay out of range',
  check: (config) =>
    config.all('weight-decay').flatMap((setting) => {
      const decay = numberOf(setting.entry);
      return decay === null || decay === 0 ? [] : rate(decay, setting, config);
    }),
};

function rate(decay: number, setting: Setting, { dialect, optimizer, task }: TrainingConfig): LintFinding[] {
  // Lion, LARS, LAMB and Adafactor take other values altogether: only the impossible is reported there.
  if (
    decay > 0 &&
    optimizer !== null &&
    /lion|lars|lamb|adafactor|muon|prodigy|sophia|novograd/.test(optimizer)
  )
    return [];
  const sgd = isSgd(optimizer);
  const scaled = scaleOf(dialect, optimizer);
  const [low, high] = scaled ?? [TINY, sgd ? SGD_MAX : ADAMW_MAX];
  if (decay >= low && decay <= high) return [];
  // A fine-tuning moves the weights so little that a decay that is as good as none is one way to write none.
  if (decay > 0 && decay < low && (task === 'finetuning' || task === 'reinforcement')) return [];
  const usual = scaled
    ? l10n.t('{0} to {1}', low, high)
    : sgd
      ? l10n.t('{0} to {1}', '1e-4', '5e-4')
      : l10n.t('{0} to {1}', '0.01', '0.1');
  const context = scaled ? translated(dialect.title) : sgd ? 'SGD' : 'AdamW';
  const what =
    decay < 0
      ? l10n.t('a negative decay makes the weights grow')
      : decay > high
        ? l10n.t('far above the usual')
        : l10n.t('as good as none');
  const { entry } = setting;
  const value = scaled ? String(scaled[2]) : sgd ? '0.0005' : '0.1';
  return [
    finding(
      'FC206',
      setting,
      decay < 0 ? 'error' : decay > high ? 'warning' : 'hint',
      l10n.t('{0}: {1}. Usual with {2}: {3}.', inThisFile(entry), what, context, usual),
      replaceValue(entry, value, decay < 0),
    ),
  ];
}
