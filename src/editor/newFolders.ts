import { lstat } from 'node:fs/promises';
import * as vscode from 'vscode';

/**
 * Tells of each folder that appears in the workspace. Of one that is moved or copied there, or made together with its files, VS Code
 * begins to watch what is in it a moment later: of those files it tells nothing.
 */
export function onNewFolder(tell: (folder: vscode.Uri) => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher('**', false, true, true);
  const look = async (uri: vscode.Uri): Promise<void> => {
    // Links are not followed: they lead in circles, or to what is elsewhere. Of each file of a data set that is unpacked it is asked:
    // not through VS Code.
    if (uri.scheme === 'file' && (await lstat(uri.fsPath)).isDirectory()) tell(uri);
  };
  const created = watcher.onDidCreate((uri) => {
    // Gone again.
    look(uri).catch(() => undefined);
  });
  return vscode.Disposable.from(watcher, created);
}
