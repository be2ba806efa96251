import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { lintableFiles } from '../workspaceFiles';
import type { RunScripts } from './runScripts';

type Item = vscode.QuickPickItem & { uri: vscode.Uri | null; browse?: true };

/** Lets the user say which script wrote a run. @param name what that is called */
export async function chooseScript(run: string, name: string, scripts: RunScripts): Promise<void> {
  const now = (await scripts.of(run))?.toString();
  const token = new vscode.CancellationTokenSource();
  const files = (await lintableFiles(token.token)).filter(({ path }) => /\.(py|ipynb)$/.test(path));
  token.dispose();
  const items: Item[] = [
    { label: l10n.t('The one that is found by itself'), uri: null },
    { label: l10n.t('Browse…'), uri: null, browse: true },
    ...files.map((uri): Item => {
      const description = uri.toString() === now ? l10n.t('current') : '';
      return { label: vscode.workspace.asRelativePath(uri), description, uri };
    }),
  ];
  const title = l10n.t('Which script wrote {0}?', name);
  const picked = await vscode.window.showQuickPick(items, { title });
  if (!picked) return;
  if (!picked.browse) return scripts.remember(run, picked.uri);
  const filters = { Python: ['py', 'ipynb'] };
  const [file] = (await vscode.window.showOpenDialog({ title, filters, canSelectMany: false })) ?? [];
  if (file) await scripts.remember(run, file);
}
