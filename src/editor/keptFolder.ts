import { createHash } from 'node:crypto';
import { join } from 'node:path';
import * as vscode from 'vscode';

/**
 * The folder in which something is kept for the open workspace; windows without one share theirs. It is not VS Code's own
 * storage of a workspace: that is another folder as long as an earlier extension host of the same window still lives, which
 * after the reload of a browser it may for hours.
 */
export function keptFolder({ globalStorageUri }: vscode.ExtensionContext, name: string): string {
  const { workspaceFile, workspaceFolders = [] } = vscode.workspace;
  const opened = workspaceFile ? [workspaceFile] : workspaceFolders.map(({ uri }) => uri);
  const kept = globalStorageUri.fsPath;
  if (opened.length === 0) return join(kept, name);
  const key = createHash('sha256').update(opened.map(String).join('\n')).digest('hex').slice(0, 16);
  return join(kept, 'workspaces', key, name);
}
