import * as vscode from 'vscode';
import { isLintable } from '../lint/names';

/** Folders that hold nobody's own training: what is installed, built, versioned, or written by runs. */
const passedOver = new Set([
  ...['node_modules', 'venv', 'env', 'site-packages', '__pycache__', 'dist', 'build'],
  ...['wandb', 'mlruns', 'lightning_logs', 'checkpoints'],
]);

/** Whether a path has a folder that is passed over, or a hidden one. */
export function isPassedOver(path: string): boolean {
  return path.split('/').slice(0, -1).some(isOut);
}

function isOut(folder: string): boolean {
  return passedOver.has(folder) || folder.startsWith('.');
}

/**
 * The files of the workspace that may be training scripts or configs, by their names. The search of VS Code is not used:
 * it needs a program that some servers lack, and it can't give way to others.
 * @param roots folders that are looked through with all below them
 */
export async function lintableFiles(
  token: vscode.CancellationToken,
  roots = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri),
): Promise<vscode.Uri[]> {
  const found: vscode.Uri[] = [];
  const folders = [...roots];
  for (let folder = folders.pop(); folder && !token.isCancellationRequested; folder = folders.pop()) {
    for (const [name, type] of await entriesOf(folder)) {
      // Links are not followed: they lead in circles, or to what is elsewhere.
      if (type === vscode.FileType.Directory && !isOut(name)) folders.push(vscode.Uri.joinPath(folder, name));
      else if (type === vscode.FileType.File && isLintable(name))
        found.push(vscode.Uri.joinPath(folder, name));
    }
  }
  return found;
}

async function entriesOf(folder: vscode.Uri): Promise<[string, vscode.FileType][]> {
  try {
    return await vscode.workspace.fs.readDirectory(folder);
  } catch {
    // No permission, or gone: the others are still linted.
    return [];
  }
}
