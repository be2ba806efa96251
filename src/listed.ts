import * as l10n from '@vscode/l10n';

/** Texts one after the other, with the commas of the user's language: "Overfitting, finished". */
export function listed(texts: readonly string[]): string {
  return texts.length === 0 ? '' : texts.reduce((before, text) => l10n.t('{0}, {1}', before, text));
}
