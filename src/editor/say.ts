import * as vscode from 'vscode';

/**
 * Text for a notification. VS Code makes links of `[text](target)` in it, command links included, and paths and metric
 * names come from outside: such a link is broken up, and control characters are left out.
 */
export function plainMessage(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').replaceAll('](', ']\u200b(');
}

/** The three kinds of notification, each with plain text only. */
export const say = {
  info: (text: string) => vscode.window.showInformationMessage(plainMessage(text)),
  error: (text: string) => vscode.window.showErrorMessage(plainMessage(text)),
  warning: <T extends string>(text: string, ...answers: T[]) =>
    vscode.window.showWarningMessage<T>(plainMessage(text), ...answers),
};
