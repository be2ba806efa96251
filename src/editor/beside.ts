import * as vscode from 'vscode';
import { importedPaths, type Neighbour } from '../python/neighbours';

/** Most files that are looked at, and for how long what was read of a folder is good (ms). */
const MOST = 60;
const FRESH = 30_000;
const LONGEST = 300_000;

const folders = new Map<string, { at: number; files: Promise<Neighbour[]> }>();

/** The other Python files of a document's folder, as they lie on disk. */
export function neighboursOf({ uri }: vscode.TextDocument): Promise<Neighbour[]> {
  return uri.scheme === 'file' ? pythonFilesOf(vscode.Uri.joinPath(uri, '..')) : Promise.resolve([]);
}

/** The Python files of a folder, as they lie on disk a short while ago. */
export function pythonFilesOf(folder: vscode.Uri): Promise<Neighbour[]> {
  const key = folder.toString();
  const before = folders.get(key);
  if (before && Date.now() - before.at < FRESH) return before.files;
  const files = readFolder(folder);
  folders.set(key, { at: Date.now(), files });
  return files;
}

/** The scripts of the workspace that a document imports, as they lie on disk. */
export async function importedBy(
  document: vscode.TextDocument,
): Promise<{ uri: vscode.Uri; source: string }[]> {
  if (document.uri.scheme !== 'file') return [];
  const found: { uri: vscode.Uri; source: string }[] = [];
  for (const path of importedPaths(document.getText()).slice(0, MOST)) {
    const uri = vscode.Uri.joinPath(document.uri, '..', path);
    if (!vscode.workspace.getWorkspaceFolder(uri)) continue;
    try {
      const bytes = await vscode.workspace.fs.readFile(uri);
      if (bytes.byteLength <= LONGEST) found.push({ uri, source: new TextDecoder().decode(bytes) });
    } catch {
      // Most imports are of libraries: there is no such file.
    }
  }
  return found;
}

async function readFolder(folder: vscode.Uri): Promise<Neighbour[]> {
  const found: Neighbour[] = [];
  try {
    const names = (await vscode.workspace.fs.readDirectory(folder)).flatMap(([name, type]) =>
      type === vscode.FileType.File && name.endsWith('.py') ? [name] : [],
    );
    for (const name of names.slice(0, MOST)) {
      const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, name));
      if (bytes.byteLength <= LONGEST) found.push({ name, source: new TextDecoder().decode(bytes) });
    }
  } catch {
    // A folder that can not be read has no neighbours to tell of.
  }
  return found;
}
