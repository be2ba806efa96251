import { lstat } from 'node:fs/promises';
import * as vscode from 'vscode';

/** A folder that is said to have changed was made anew when it is younger than this (ms). */
const YOUNG = 10_000;

/**
 * Tells of each folder that appears in the workspace, or takes the place of one that was deleted. Of one that is moved or copied
 * there, or made together with its files, VS Code begins to watch what is in it a moment later: of those files it tells nothing.
 */
export function onNewFolder(tell: (folder: vscode.Uri) => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher('**', false, false, true);
  // Of what is gone again there is nothing to tell.
  const look = (isNew: boolean) => (uri: vscode.Uri) =>
    void isFolder(uri, isNew).then(
      (is) => is && tell(uri),
      () => undefined,
    );
  // What is deleted and made anew within a moment has only "changed", as a folder has for other reasons, too.
  return vscode.Disposable.from(watcher, watcher.onDidCreate(look(true)), watcher.onDidChange(look(false)));
}

/**
 * Links are not followed: they lead in circles, or to what is elsewhere. This is asked of each file of a data set that is unpacked:
 * not through VS Code.
 */
async function isFolder(uri: vscode.Uri, isNew: boolean): Promise<boolean> {
  if (uri.scheme !== 'file') return false;
  const stats = await lstat(uri.fsPath);
  return stats.isDirectory() && (isNew || Date.now() - stats.birthtimeMs < YOUNG);
}
