import { isAbsolute, relative, sep } from 'node:path';
import * as vscode from 'vscode';
import type { KnownRun, Surroundings } from '../config/surroundings';
import { ConfigReaders } from './configReaders';
import type { EngineService } from './engineService';
import { noProject, projectFiles, type LintProject } from '../lint/project';

/** What the files at the top of each workspace folder say of linting; read once, and again when they change. */
export class LintProjects implements vscode.Disposable {
  private readonly known = new Map<string, Promise<LintProject>>();
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly store: vscode.Disposable[];
  private readonly judged = new vscode.EventEmitter<void>();
  private readonly trainings = new Map<string, vscode.Uri>();
  private verdicts = '';
  /** Which configs were judged by which files. */
  readonly readers = new ConfigReaders();
  /** Some project file was written: everything may be judged otherwise. */
  readonly onDidChange = this.changed.event;
  /** Some run got another verdict: what its config says may be judged otherwise. */
  readonly onDidJudge = this.judged.event;

  constructor(
    private readonly engine: Pick<EngineService, 'runs' | 'onRunsChange'>,
    private readonly output: vscode.LogOutputChannel,
  ) {
    const watcher = vscode.workspace.createFileSystemWatcher(`**/{${projectFiles.join(',')}}`);
    const forget = (): void => {
      this.known.clear();
      this.changed.fire();
    };
    this.store = [
      this.changed,
      this.judged,
      this.readers,
      engine.onRunsChange(() => this.compare()),
      watcher,
      watcher.onDidChange(forget),
      watcher.onDidCreate(forget),
      watcher.onDidDelete(forget),
      vscode.workspace.onDidChangeWorkspaceFolders(forget),
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

  /** The files around a config, and the runs of its folder; undefined outside of all folders. */
  around(uri: vscode.Uri): Surroundings | undefined {
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    if (!folder) return undefined;
    // Only a training config asks for runs: it has to be judged again when they are.
    const runs = (): KnownRun[] => {
      this.trainings.set(uri.toString(), uri);
      return this.runsIn(folder);
    };
    const files = around(folder.uri);
    return {
      ...files,
      read: (path) => {
        this.readers.note(vscode.Uri.joinPath(folder.uri, path), uri);
        return files.read(path);
      },
      get runs() {
        return runs();
      },
    };
  }

  /** The configs whose findings the runs had a say in. */
  get judgedByRuns(): readonly vscode.Uri[] {
    return [...this.trainings.values()];
  }

  private runsIn({ uri }: vscode.WorkspaceFolder): KnownRun[] {
    return this.engine.runs.flatMap((run) => {
      const path = relative(uri.fsPath, run.path);
      return path.startsWith('..') || isAbsolute(path) ? [] : [{ ...run, path: path.split(sep).join('/') }];
    });
  }

  private compare(): void {
    const verdicts = JSON.stringify(this.engine.runs.map(({ path, label, since }) => [path, label, since]));
    if (verdicts === this.verdicts) return;
    this.verdicts = verdicts;
    this.judged.fire();
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
function around(folder: vscode.Uri): Surroundings {
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
