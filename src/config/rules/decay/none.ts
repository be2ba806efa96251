/**
 * FC204 Training from scratch without weight decay.
 *
 * Source: the seed document (0.01 to 0.1, decoupled). Only a hint, and only where a network is trained from nothing: LoRA,
 * short fine-tunings and reinforcement learning do well without.
 */
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
    const usual = `Usual from scratch: ${sgd ? '1e-4 to 5e-4 (SGD)' : '0.01 to 0.1 (AdamW)'}.`;
    const setting = config.all('weight-decay')[0];
    if (setting) {
      const fix = replaceValue(setting.entry, value, false);
      return [
        finding(
          'FC204',
          setting,
          'hint',
          `${inThisFile(setting.entry)}: nothing keeps the weights small. ${usual}`,
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
        `There is no weight decay in this file, and by itself ${dialect.title} uses none. ${usual}`,
        fix,
        'key',
      ),
    ];
  },
};
