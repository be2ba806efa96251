import * as l10n from '@vscode/l10n';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Streams } from './streams';

/** Copies a kept stream to where the user wants it, as a log of its own. */
export async function saveStream(path: string, streams: Streams): Promise<void> {
  const meta = streams.metaOf(path);
  await streams.flush();
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  const name = `${fileName(meta?.label ?? 'training')}.log`;
  const target = await vscode.window.showSaveDialog({
    title: l10n.t('Save Stream as Log'),
    filters: { [l10n.t('Logs')]: ['log', 'txt'] },
    ...(folder !== undefined && { defaultUri: vscode.Uri.file(join(folder, name)) }),
  });
  if (target) await vscode.workspace.fs.copy(vscode.Uri.file(path), target, { overwrite: true });
}

/** A command as a file may be called. */
function fileName(label: string): string {
  return label.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 60);
}
