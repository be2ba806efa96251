import * as vscode from 'vscode';
import { onNewFolder } from './newFolders';

/** Files that may be configs, or the scripts beside them, by their names. */
export const lintedFiles = '**/*.{py,pyw,yaml,yml,json,jsonc,toml,sh,bash,zsh,slurm,sbatch,slrm}';

/** Some configs have to be judged again: what they inherit, or are read by, says something else. */
export interface AroundChange {
  readonly configs: readonly vscode.Uri[];
  /** On disk; else in an editor, as it is typed. */
  readonly onDisk: boolean;
}

/** Knows by which files each config was judged, and tells which configs have to be judged again when one of these changes. */
export class ConfigReaders implements vscode.Disposable {
  /** The configs by the file that was looked for, whether it was there or not. */
  private readonly readers = new Map<string, Map<string, vscode.Uri>>();
  private readonly stamps = new Map<string, number>();
  private readonly change = new vscode.EventEmitter<AroundChange>();
  private readonly store: vscode.Disposable[];
  readonly onDidChange = this.change.event;

  constructor() {
    const watcher = vscode.workspace.createFileSystemWatcher(lintedFiles);
    // Of a folder that is deleted nothing is told but its own name.
    const deletions = vscode.workspace.createFileSystemWatcher('**', true, true);
    const written = (uri: vscode.Uri): void => this.tell(uri, true);
    this.store = [
      this.change,
      watcher,
      watcher.onDidChange(written),
      watcher.onDidCreate(written),
      onNewFolder(written),
      deletions,
      deletions.onDidDelete(written),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.tell(document.uri, false)),
      // What was typed and not saved counts no more.
      vscode.workspace.onDidCloseTextDocument(({ uri, isDirty }) => isDirty && this.tell(uri, true)),
    ];
  }

  /** A config is judged by what stands in a file, or by there being none. */
  note(file: vscode.Uri, config: vscode.Uri): void {
    const key = file.toString();
    const known = this.readers.get(key) ?? new Map<string, vscode.Uri>();
    this.readers.set(key, known.set(config.toString(), config));
  }

  /** Another number whenever a file by which a config was judged has changed. */
  stampOf(config: vscode.Uri): number {
    return this.stamps.get(config.toString()) ?? 0;
  }

  dispose(): void {
    for (const item of this.store) item.dispose();
  }

  private tell(uri: vscode.Uri, onDisk: boolean): void {
    const key = uri.toString();
    const found = new Map(this.readers.get(key));
    if (onDisk)
      for (const [file, readers] of this.readers)
        if (file.startsWith(`${key}/`)) for (const [id, config] of readers) found.set(id, config);
    found.delete(key);
    if (found.size === 0) return;
    for (const id of found.keys()) this.stamps.set(id, (this.stamps.get(id) ?? 0) + 1);
    this.change.fire({ configs: [...found.values()], onDisk });
  }
}
