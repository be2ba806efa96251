import * as vscode from 'vscode';
import { remedyAddress, remedyFile } from '../remedies/pages';
import type { TechniqueId } from '../remedies/remedy';

/** Shows the page of a technique as it came with the extension; where Markdown can't be shown here, in the browser. */
export async function showRemedyPage(extensionUri: vscode.Uri, technique: TechniqueId): Promise<void> {
  try {
    const page = vscode.Uri.joinPath(extensionUri, remedyFile(technique));
    await vscode.commands.executeCommand('markdown.showPreview', page);
  } catch {
    await vscode.env.openExternal(vscode.Uri.parse(remedyAddress(technique)));
  }
}
