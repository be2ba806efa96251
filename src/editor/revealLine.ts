import * as vscode from 'vscode';
import { say } from './say';

/** Shows a line (1-based) of a file beside the panel. */
export async function revealLine(path: string, line: number): Promise<void> {
  try {
    const at = new vscode.Position(line - 1, 0);
    await vscode.window.showTextDocument(vscode.Uri.file(path), {
      viewColumn: vscode.ViewColumn.Beside,
      selection: new vscode.Range(at, at),
      preview: true,
    });
  } catch (error) {
    // A folder, a binary log, or a file too large for the editor: VS Code's own message says which.
    void say.info(error instanceof Error ? error.message : String(error));
  }
}
