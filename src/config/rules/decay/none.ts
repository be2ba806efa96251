/**
 * FC204 Training from scratch without weight decay.
 *
 * Source: the seed document (0.01 to 0.1, decoupled). Only a hint, and only where a network is trained from nothing: LoRA,
 * short fine-tunings and reinforcement learning do well without.
 */
import * as l10n from '@vscode/l10n';
import { translated } from '../../../translated';
import type { Task } from '../../dialects/dialect';
import { isOnAdapters, isSgd, scaleOf } from '../../context';
import { finding, inThisFile, insertBeside, replaceValue, type ConfigRule } from '../rule';

const fromScratch: ReadonlySet<Task | null> = new Set<Task>([
  'pretraining',
  'classification',
  'detection',
  'translation',
]);

export const noDecay: ConfigRule = {
  code: 'FC204',
  title: 'Training from scratch without weight decay',
  check(config) {
    const { dialect, task, document, settings, optimizer } = config;
    if (!config.isWhole || !fromScratch.has(task) || isOnAdapters(settings)) return [];
    if (
      config.number('weight-decay') !== 0 ||
      (optimizer !== null && !/adam|sgd|momentum|nesterov/.test(optimizer))
    )
      return [];
    const scaled = scaleOf(dialect, optimizer);
    const sgd = isSgd(optimizer);
    // As a decimal: PyYAML takes 5e-4 for text.
    const value = scaled ? String(scaled[2]) : sgd ? '0.0005' : '0.1';
    const usual = sgd
      ? l10n.t('Usual from scratch: 1e-4 to 5e-4 (SGD).')
      : l10n.t('Usual from scratch: 0.01 to 0.1 (AdamW).');
    const setting = config.all('weight-decay')[0];
    if (setting) {
      const fix = replaceValue(setting.entry, value, false);
      return [
        finding(
          'FC204',
          setting,
          'hint',
          l10n.t('{0}: nothing keeps the weights small. {1}', inThisFile(setting.entry), usual),
          fix,
        ),
      ];
    }
    const rate = config.all('learning-rate')[0];
    if (!rate || config.has('weight-decay')) return [];
    const fix = insertBeside(document, rate.entry, 'weight_decay', value);
    return [
      finding(
        'FC204',
        rate,
        'hint',
        l10n.t(
          'There is no weight decay in this file, and by itself {0} uses none. {1}',
          translated(dialect.title),
          usual,
        ),
        fix,
        'key',
      ),
    ];
  },
};
