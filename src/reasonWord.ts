import * as l10n from '@vscode/l10n';
import type { DismissedFinding } from './protocol';

/** Why a finding is not so, in the words of the user who says it. */
export function reasonWord(reason: DismissedFinding['reason']): string {
  const words: Readonly<Record<DismissedFinding['reason'], string>> = {
    design: l10n.t('expected by design'),
    misread: l10n.t('the metric was misread'),
    noise: l10n.t('it is noise'),
    other: l10n.t('another reason'),
  };
  return words[reason];
}
