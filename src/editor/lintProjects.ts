import * as vscode from 'vscode';
import type { Surroundings } from '../config/surroundings';
import { noProject, projectFiles, type LintProject } from '../lint/project';

/** What the files at the top of each workspace folder say of linting; read once, and again when they change. */
export class LintProjects implements vscode.Disposable {
  private readonly known = new Map<string, Promise<LintProject>>();
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly store: vscode.Disposable[];
  /** Some project file was written: everything may be judged otherwise. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly output: vscode.LogOutputChannel) {
    const watcher = vscode.workspace.createFileSystemWatcher(`**/{${projectFiles.join(',')}}`);
    const forget = (): void => {
      this.known.clear();
      this.changed.fire();
    };
    this.store = [
      this.changed,
      watcher,
      watcher.onDidChange(forget),
      watcher.onDidCreate(forget),
      watcher.onDidDelete(forget),
    ];
  }

  /** What the project of a file says; nothing where it is in no workspace folder. */
  async of(uri: vscode.Uri): Promise<LintProject> {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    if (!folder) return noProject;
    const key = folder.uri.toString();
    const known = this.known.get(key) ?? this.read(folder);
    this.known.set(key, known);
    return known;
  }

  dispose(): void {
    for (const item of this.store) item.dispose();
  }

  private async read(folder: vscode.WorkspaceFolder): Promise<LintProject> {
    try {
      const { lintProject } = await import('../lint/project');
      return await lintProject((name) => around(folder.uri).read(name));
    } catch (error) {
      // A project file that is half typed must not stop the lint: it is told, and goes for nothing until it is whole.
      this.output.warn(error instanceof Error ? error.message : String(error));
      return noProject;
    }
  }
}

/** The files around a config, as they are on disk or in an editor. */
export function around(folder: vscode.Uri): Surroundings {
  return {
    async read(path) {
      const uri = vscode.Uri.joinPath(folder, path);
      const open = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
      if (open) return open.getText();
      try {
        return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
      } catch {
        return null;
      }
    },
    async list(path) {
      try {
        const entries = await vscode.workspace.fs.readDirectory(vscode.Uri.joinPath(folder, path));
        return entries.filter(([, type]) => type === vscode.FileType.File).map(([name]) => name);
      } catch {
        return [];
      }
    },
  };
}
