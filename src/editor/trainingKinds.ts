import * as vscode from 'vscode';
import { kindOfConfig } from '../config/kind';
import { latestRunOf } from '../config/ofRun';
import type { RunSummary } from '../protocol';
import { agreed } from '../remedies/context';
import type { TrainingKind } from '../remedies/remedy';
import type { ConfigTrainings } from './configTrainings';
import { lintedPath } from './lintedDocuments';
import type { LintProjects } from './lintProjects';
import type { RunScripts } from './scripts/runScripts';

/** Most documents that are looked at for one run. */
const MOST = 24;

/** What the open scripts and configs of a run's workspace folder say of its kind of training. */
export class TrainingKinds {
  private readonly scripts = new WeakMap<
    vscode.TextDocument,
    { version: number; kind: Promise<TrainingKind | null> }
  >();

  constructor(
    private readonly projects: LintProjects,
    private readonly trainings: ConfigTrainings,
    private readonly made: Pick<RunScripts, 'of'>,
    private readonly output: vscode.LogOutputChannel,
  ) {}

  /**
   * The most trusted first: of configs those whose latest run it is; of scripts the one that made it, else all, if they
   * agree. Of a run outside of the workspace only its own script tells, the open ones may be of anything.
   */
  async of({ path }: Pick<RunSummary, 'path'>): Promise<TrainingKind[]> {
    const own = await this.ofMaker(path);
    const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(path));
    if (!folder) return own;
    const open = vscode.workspace.textDocuments
      .filter(({ uri }) => uri.scheme === 'file' && vscode.workspace.getWorkspaceFolder(uri) === folder)
      .slice(0, MOST);
    try {
      const configs = (await Promise.all(open.map((one) => this.ofConfig(one, path, folder)))).flat();
      const scripts = own.length > 0 ? own : await Promise.all(open.map((one) => this.ofScript(one)));
      return [...agreed(configs), ...agreed(scripts)];
    } catch (error) {
      this.output.error(error instanceof Error ? error : String(error));
      return [];
    }
  }

  /** What the script that is known to have made a run says. */
  private async ofMaker(path: string): Promise<TrainingKind[]> {
    const script = await this.made.of(path);
    if (script?.scheme !== 'file' || !script.path.endsWith('.py')) return [];
    try {
      const kind = await this.ofScript(await vscode.workspace.openTextDocument(script));
      return kind === null ? [] : [kind];
    } catch {
      // It is gone, or can't be read.
      return [];
    }
  }

  private async ofConfig(
    document: vscode.TextDocument,
    path: string,
    folder: vscode.WorkspaceFolder,
  ): Promise<(TrainingKind | null)[]> {
    const own = lintedPath(document);
    const configs = own === null ? [] : await this.trainings.of(document);
    if (own === null || configs.length === 0) return [];
    const runs = this.projects.around(document.uri)?.runs ?? [];
    return configs.flatMap((config) => {
      const run = latestRunOf(config, own, runs);
      const isThis = run && vscode.Uri.joinPath(folder.uri, run.path).fsPath === vscode.Uri.file(path).fsPath;
      return isThis ? [kindOfConfig(config)] : [];
    });
  }

  private ofScript(document: vscode.TextDocument): Promise<TrainingKind | null> {
    if (document.languageId !== 'python') return Promise.resolve(null);
    const { version } = document;
    const known = this.scripts.get(document);
    if (known?.version === version) return known.kind;
    const text = document.getText();
    // The grammar is loaded at the first use: activation stays fast.
    const kind = import('../python/kind').then(({ kindOfSource }) => kindOfSource(text));
    this.scripts.set(document, { version, kind });
    return kind;
  }
}
