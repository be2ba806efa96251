import * as l10n from '@vscode/l10n';

/**
 * A string of a table in the user's language. Tables are made before the language is known, so their strings are looked up
 * when they are shown; the test of the strings lists the tables.
 */
export function translated(text: string): string {
  return l10n.t(text);
}
