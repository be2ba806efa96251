import * as l10n from '@vscode/l10n';
import type { Concept } from '../dialects/dialect';
import { numberOf } from '../entry';
import type { LintSeverity } from '../../findings/finding';
import { finding, inThisFile, replaceValue, type ConfigRule } from './rule';

/** What a rule on a share (0 to below 1) says where. */
export interface ShareRule {
  code: string;
  title: string;
  concepts: readonly Concept[];
  /** Above this it is worth a remark. */
  info: (concept: Concept) => number;
  /** Whether it is so far above the usual that it is a warning. */
  isFar: (share: number, concept: Concept) => boolean;
  /** What is wrong with a value that is no share at all, and with one that is far too high. */
  noShare: () => string;
  tooHigh: () => string;
  /** Usual values, and the one that the fix sets. */
  usual: (concept: Concept) => string;
  fixTo: string;
}

/** A rule on a value that is a share: an error where it is none, else by how far it is above the usual. */
export function shareRule({ code, title, concepts, usual, fixTo, ...rule }: ShareRule): ConfigRule {
  const severityOf = (share: number, concept: Concept): LintSeverity | null => {
    if (share < 0 || share >= 1) return 'error';
    if (rule.isFar(share, concept)) return 'warning';
    return share > rule.info(concept) ? 'info' : null;
  };
  return {
    code,
    title,
    check: (config) =>
      config.all(...concepts).flatMap((setting) => {
        const { entry } = setting;
        const share = numberOf(entry);
        const severity = share === null ? null : severityOf(share, setting.concept);
        if (severity === null) return [];
        const what = severity === 'error' ? rule.noShare() : rule.tooHigh();
        const message = l10n.t('{0}: {1}. Usual: {2}.', inThisFile(entry), what, usual(setting.concept));
        // A value that is impossible may be replaced unseen; one that is only unusual may be meant.
        return [finding(code, setting, severity, message, replaceValue(entry, fixTo, severity === 'error'))];
      }),
  };
}
