import * as vscode from 'vscode';

/**
 * The column in which to show a file that a panel leads to: where it is in sight already, else beside the panel, which is
 * still to be read; in the active column where no panel is in the way.
 */
export function columnFor(uri: vscode.Uri): vscode.ViewColumn {
  const seen = vscode.window.visibleTextEditors.find(
    ({ document }) => document.uri.toString() === uri.toString(),
  );
  if (seen?.viewColumn !== undefined) return seen.viewColumn;
  const { activeTab } = vscode.window.tabGroups.activeTabGroup;
  const isPanel = activeTab?.input instanceof vscode.TabInputWebview;
  return isPanel ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
}
