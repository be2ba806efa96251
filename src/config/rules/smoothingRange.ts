/**
 * FC703 Label smoothing out of range.
 *
 * Source: the seed document (about 0.1 in vision, usually none in language model pretraining). The value is a share of
 * probability: below 0 or from 1 on it is no distribution any more.
 */
import { numberOf } from '../entry';
import type { LintSeverity } from '../finding';
import { inThisFile, replaceValue, type ConfigRule } from './rule';

export const smoothingRange: ConfigRule = {
  code: 'FC703',
  title: 'Label smoothing out of range',
  check: ({ settings }) =>
    settings.flatMap(({ concept, entry }) => {
      const share = concept === 'label-smoothing' ? numberOf(entry) : null;
      const severity = share === null ? null : severityOf(share);
      if (severity === null) return [];
      const what =
        severity === 'error' ? 'it is a share of probability, from 0 to below 1' : 'far above the usual';
      const message = `${inThisFile(entry)}: ${what}. Usual: 0.1 in classification, 0 in language model pretraining.`;
      return [
        { code: 'FC703', range: entry.valueRange, severity, message, fix: replaceValue(entry, '0.1', false) },
      ];
    }),
};

function severityOf(share: number): LintSeverity | null {
  if (share < 0 || share >= 1) return 'error';
  if (share > 0.3) return 'warning';
  return share > 0.2 ? 'info' : null;
}
