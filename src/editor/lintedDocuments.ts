import { basename, isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import { previewScheme } from './ids';

export const languages = ['python', 'yaml', 'json', 'jsonc', 'toml', 'shellscript'] as const;

/** What is linted, as VS Code's registrations take it: TOML is a language only where an extension for it is installed. */
export const selector: readonly vscode.DocumentFilter[] = [
  ...languages.map((language) => ({ language })),
  { pattern: '**/*.toml' },
];

/** Whether a document has a language, or a name, that is linted. */
export function isLinted({ languageId, uri }: vscode.TextDocument): boolean {
  return (languages as readonly string[]).includes(languageId) || uri.path.endsWith('.toml');
}

/** Documents that are not a file of the user's: a diff shows what was; the cells of a notebook are linted with it. */
const passedOver = new Set([
  ...['vscode-notebook-cell', 'git', 'output', 'vscode-scm', 'debug'],
  previewScheme,
]);

/** The endings by which the lint knows a language, and the one that a document without gets. */
const json: readonly [RegExp, string] = [/\.jsonc?$/i, '.json'];
const named: Readonly<Record<string, readonly [RegExp, string]>> = {
  python: [/\.pyw?$/i, '.py'],
  yaml: [/\.ya?ml$/i, '.yaml'],
  toml: [/\.toml$/i, '.toml'],
  shellscript: [/\.(sh|bash|zsh|slurm|sbatch|slrm)$/i, '.sh'],
};

/** Where Python keeps what is installed. */
const installed = /[\\/](site|dist)-packages[\\/]|[\\/]lib[\\/]python3/i;

/**
 * The path by which a document is linted: from its workspace folder, or just its name outside of all; with the ending
 * that its language has, where it has none of its own. Null for what is not linted.
 */
export function lintedPath(document: vscode.TextDocument): string | null {
  const { uri, languageId } = document;
  if (!isLinted(document) || passedOver.has(uri.scheme)) return null;
  const seen = seenPath(uri);
  if (!(languages as readonly string[]).includes(languageId)) return seen;
  const [endings, ending] = named[languageId] ?? json;
  return seen === null || endings.test(seen) ? seen : seen + ending;
}

/** The path of a file from its workspace folder, or just its name outside of all; null for what a library brought along. */
export function seenPath(uri: vscode.Uri): string | null {
  const path = vscode.workspace.asRelativePath(uri, false);
  // Who looks up a function opens files of libraries, which are nobody's own.
  if (isAbsolute(path) && installed.test(path)) return null;
  return isAbsolute(path) ? basename(path) : path;
}
