import * as l10n from '@vscode/l10n';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { lintableFiles } from '../workspaceFiles';
import type { RunScripts } from './runScripts';

type Item = vscode.QuickPickItem & { path: string | null; browse?: true };

/** Lets the user say which script wrote a run. */
export async function chooseScript(run: string, scripts: RunScripts): Promise<void> {
  const now = (await scripts.of(run))?.fsPath;
  const token = new vscode.CancellationTokenSource();
  const files = (await lintableFiles(token.token)).filter(({ path }) => path.endsWith('.py'));
  token.dispose();
  const items: Item[] = [
    { label: l10n.t('The one that is found by itself'), path: null },
    { label: l10n.t('Browse…'), path: null, browse: true },
    ...files.map(({ fsPath }): Item => {
      const description = fsPath === now ? l10n.t('current') : '';
      return { label: vscode.workspace.asRelativePath(fsPath), description, path: fsPath };
    }),
  ];
  const title = l10n.t('Which script wrote {0}?', basename(run));
  const picked = await vscode.window.showQuickPick(items, { title });
  if (!picked) return;
  if (!picked.browse) return scripts.remember(run, picked.path);
  const filters = { Python: ['py'] };
  const [file] = (await vscode.window.showOpenDialog({ title, filters, canSelectMany: false })) ?? [];
  if (file) await scripts.remember(run, file.fsPath);
}
