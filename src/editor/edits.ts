import * as vscode from 'vscode';
import type { Range, TextEdit } from '../remedies/textEdit';

/** A planner's range as the editor's. */
export function toRange({ start, end }: Range): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

/** A planner's edits as one WorkspaceEdit, so that one undo takes all of it back. */
export function toWorkspaceEdit(uri: vscode.Uri, edits: readonly TextEdit[]): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const { range, newText } of edits) edit.replace(uri, toRange(range), newText);
  return edit;
}
