/**
 * FC507 Monitor and mode do not match.
 *
 * An accuracy with mode "min" keeps the worst model and stops when it gets better. Source: the defaults of Lightning
 * (mode "min") and of Hugging Face (greater is better unless the name ends in "loss").
 */
import * as l10n from '@vscode/l10n';
import { directionOf, isPlainScore } from '../../../findings/direction';
import { switchOf } from '../../entry';
import { finding, inThisFile, keyOf, replaceValue, type ConfigRule } from '../rule';
import type { TrainingConfig } from '../../training';
import { watched, type Watched } from './watched';

/** How the directions are written, by the words that a framework has for them. */
const words: readonly (readonly [min: string, max: string])[] = [
  ['min', 'max'],
  ['less', 'greater'],
  ['lower', 'higher'],
  ['false', 'true'],
];

export const monitorMode: ConfigRule = {
  code: 'FC507',
  title: 'Monitor and mode do not match',
  check: (config) =>
    watched(config).flatMap((one) => {
      const right = directionOf(one.name);
      const given = one.mode ? written(one.mode.entry.value) : byDefault(one, config);
      if (right === null || given === null || given === right || (one.mode && isPlainScore(one.name)))
        return [];

      const at = one.mode ?? one.monitor;
      const how = one.mode
        ? inThisFile(one.mode.entry)
        : l10n.t('nothing in this file says so (by default it is {0})', given);
      const message =
        right === 'max'
          ? l10n.t(
              '{0} ({1}) is better when it is higher, and {2}: the worst model wins.',
              one.name,
              keyOf(one.monitor.entry),
              how,
            )
          : l10n.t(
              '{0} ({1}) is better when it is lower, and {2}: the worst model wins.',
              one.name,
              keyOf(one.monitor.entry),
              how,
            );
      const fix = one.mode && replaceValue(one.mode.entry, rewritten(one.mode.entry.value, right), false);
      return [finding('FC507', at, 'warning', message, fix)];
    }),
};

function written(value: unknown): 'min' | 'max' | null {
  const text = String(switchOf({ value: value as string }) ?? value).toLowerCase();
  for (const [min, max] of words) if (text === min || text === max) return text === min ? 'min' : 'max';
  return null;
}

/** The other direction, in the same words. */
function rewritten(value: unknown, to: 'min' | 'max'): string {
  const text = String(value);
  const pair = words.find((one) => one.includes(text.toLowerCase())) ?? words[0]!;
  const word = to === 'min' ? pair[0] : pair[1];
  return /^[A-Z]/.test(text) ? word[0]!.toUpperCase() + word.slice(1) : word;
}

function byDefault({ monitor, name, stops }: Watched, config: TrainingConfig): 'min' | 'max' | null {
  if (
    /(EarlyStopping|ModelCheckpoint)$/.test(monitor.target ?? '') &&
    /lightning|^(EarlyStopping|ModelCheckpoint)$/.test(monitor.target!)
  )
    return 'min';
  const trainer = Object.values(config.dialect.keys).includes('greater-is-better');
  if (!trainer || stops || config.isOn('load-best') !== true || config.has('greater-is-better')) return null;
  return name.endsWith('loss') ? 'min' : 'max';
}
