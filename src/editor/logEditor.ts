import * as vscode from 'vscode';
import { logEditorType } from './ids';
import type { Panels } from './panels';

/**
 * Shows a log in the editor area as its run: "Reopen Editor With…" on logs that are no text for people. Which file it is, is all
 * that this document holds; the panel follows the run by itself.
 */
export function registerLogEditor(panels: Panels): vscode.Disposable {
  const provider: vscode.CustomReadonlyEditorProvider = {
    openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
    resolveCustomEditor: ({ uri }, view) => panels.deserializeWebviewPanel(view, { path: uri.fsPath }),
  };
  return vscode.window.registerCustomEditorProvider(logEditorType, provider, {
    supportsMultipleEditorsPerDocument: true,
  });
}
