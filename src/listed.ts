import * as l10n from '@vscode/l10n';

/** Names in a sentence: "a and b and c". */
export function listed(names: readonly string[]): string {
  return names.reduce((before, name) => l10n.t('{0} and {1}', before, name));
}
