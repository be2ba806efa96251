import * as vscode from 'vscode';
import { plainMessage } from './words';

/** The three kinds of notification, each with plain text only. */
export const say = {
  info: <T extends string>(text: string, ...answers: T[]) =>
    vscode.window.showInformationMessage<T>(plainMessage(text), ...answers),
  error: (text: string) => vscode.window.showErrorMessage(plainMessage(text)),
  warning: <T extends string>(text: string, ...answers: T[]) =>
    vscode.window.showWarningMessage<T>(plainMessage(text), ...answers),
};
