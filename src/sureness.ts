import * as l10n from '@vscode/l10n';

/** How sure a verdict is, in per cent; of a probability nobody knows more than that it is near 1. */
export function sureness(probability: number): string {
  return l10n.t('{0} %', Math.min(99, Math.round(100 * probability)));
}
