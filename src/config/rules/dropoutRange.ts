/**
 * FC303 Dropout probability out of range.
 *
 * Source: the seed document (0.1 in transformers, 0.5 in fully connected layers). It is the share that is dropped:
 * below 0 or from 1 on nothing is left to train. UMLAUT (CHI 2021) warns above 0.5.
 */
import { numberOf } from '../entry';
import type { LintSeverity } from '../finding';
import { inThisFile, replaceValue, type ConfigRule } from './rule';

export const dropoutRange: ConfigRule = {
  code: 'FC303',
  title: 'Dropout probability out of range',
  check: ({ settings }) =>
    settings.flatMap(({ concept, entry }) => {
      const share = concept === 'dropout' ? numberOf(entry) : null;
      const severity = share === null ? null : severityOf(share);
      if (severity === null) return [];
      const what =
        severity === 'error'
          ? 'it is the share that is dropped, from 0 to below 1'
          : 'little is left to learn with';
      const message = `${inThisFile(entry)}: ${what}. Usual: 0.1 in transformers, up to 0.5 in fully connected layers.`;
      return [
        { code: 'FC303', range: entry.valueRange, severity, message, fix: replaceValue(entry, '0.1', false) },
      ];
    }),
};

function severityOf(share: number): LintSeverity | null {
  if (share < 0 || share >= 1) return 'error';
  if (share >= 0.8) return 'warning';
  return share > 0.5 ? 'info' : null;
}
