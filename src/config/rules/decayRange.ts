/**
 * FC206 Weight decay out of range.
 *
 * Source: the seed document (0.01 to 0.1 for transformers, decoupled); 1e-4 to 5e-4 is usual for SGD, where the decay
 * is part of the gradient. Published recipes go up to 0.3 (vision transformers), so only more than that is a warning.
 */
import { numberOf, type Entry } from '../entry';
import type { LintFinding } from '../../findings/finding';
import type { TrainingConfig } from '../training';
import { inThisFile, replaceValue, type ConfigRule } from './rule';

const SGD_MAX = 0.01;
const ADAMW_MAX = 0.3;
const TINY = 1e-6;

export const decayRange: ConfigRule = {
  code: 'FC206',
  title: 'Weight decay out of range',
  check: (config) =>
    config.settings.flatMap(({ concept, entry }) => {
      const decay = concept === 'weight-decay' ? numberOf(entry) : null;
      return decay === null || decay === 0 ? [] : rate(decay, entry, config);
    }),
};

function rate(decay: number, entry: Entry, { dialect, optimizer }: TrainingConfig): LintFinding[] {
  // Lion, LARS, LAMB and Adafactor take other values altogether: only the impossible is reported there.
  if (decay > 0 && optimizer !== null && /lion|lars|lamb|adafactor|muon|prodigy|sophia/.test(optimizer))
    return [];
  const sgd = optimizer !== null && /\bsgd|momentum|nesterov/.test(optimizer);
  const [low, high] = dialect.decayRange ?? [TINY, sgd ? SGD_MAX : ADAMW_MAX];
  if (decay >= low && decay <= high) return [];
  const usual = dialect.decayRange ? `${low} to ${high}` : sgd ? '1e-4 to 5e-4' : '0.01 to 0.1';
  const context = dialect.decayRange ? dialect.title : sgd ? 'SGD' : 'AdamW';
  const what =
    decay < 0
      ? 'a negative decay makes the weights grow'
      : decay > high
        ? 'far above the usual'
        : 'as good as none';
  return [
    {
      code: 'FC206',
      range: entry.valueRange,
      severity: decay < 0 ? 'error' : decay > high ? 'warning' : 'hint',
      message: `${inThisFile(entry)}: ${what}. Usual with ${context}: ${usual}.`,
      fix: replaceValue(
        entry,
        dialect.decayRange ? String(Math.sqrt(low * high)) : sgd ? '0.0005' : '0.1',
        decay < 0,
      ),
    },
  ];
}
