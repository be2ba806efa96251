import * as vscode from 'vscode';
import type { TextEdit } from '../remedies/textEdit';
import { toRange } from './edits';

/** Whether a document is a cell of a notebook. */
export function isCell({ uri }: vscode.TextDocument): boolean {
  return uri.scheme === 'vscode-notebook-cell';
}

/** The notebook that a document is a cell of. */
export function notebookOf(document: vscode.TextDocument): vscode.NotebookDocument | undefined {
  if (!isCell(document)) return undefined;
  return vscode.workspace.notebookDocuments.find((one) =>
    one.getCells().some((cell) => cell.document === document),
  );
}

/** The Python cells of a notebook, in order. */
export function pythonCells(notebook: vscode.NotebookDocument): vscode.TextDocument[] {
  return notebook
    .getCells()
    .map((cell) => cell.document)
    .filter(({ languageId }) => languageId === 'python');
}

/** One edit of several cells. */
export function cellEdits(
  split: ReadonlyMap<number, readonly TextEdit[]>,
  cells: readonly vscode.TextDocument[],
): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const [cell, edits] of split) {
    const { uri } = cells[cell]!;
    for (const { range, newText } of edits) edit.replace(uri, toRange(range), newText);
  }
  return edit;
}
