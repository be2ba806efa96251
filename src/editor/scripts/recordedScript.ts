import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import * as vscode from 'vscode';
import { readRecord, scriptRecords } from '../../streams/recordedScript';

/** The script that a tracker wrote down beside the log at a path; null where it did not, or where that script is not there. */
export async function recordedScript(path: string): Promise<vscode.Uri | null> {
  const info = await stat(path).catch(() => null);
  const run = info?.isDirectory() ? path : dirname(path);
  for (const folder of [run, dirname(run)]) {
    for (const file of scriptRecords) {
      const text = await readFile(join(folder, file), 'utf8').catch(() => null);
      const found = text === null ? null : readRecord(file, text);
      if (!found) continue;
      const roots = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
      for (const base of [...(found.folder === null ? [] : [found.folder]), ...roots]) {
        const script = resolve(base, found.script);
        if ((await stat(script).catch(() => null))?.isFile()) return vscode.Uri.file(script);
      }
    }
  }
  return null;
}
