import * as vscode from 'vscode';
import { kindOfConfig } from '../config/kind';
import { latestRunOf } from '../config/ofRun';
import type { RunSummary } from '../protocol';
import { agreed, type Told } from '../remedies/context';
import type { ScriptTraits, TrainingKind } from '../remedies/remedy';
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
    { version: number; kind: Promise<TrainingKind | null>; traits?: Promise<ScriptTraits | null> }
  >();

  constructor(
    private readonly projects: LintProjects,
    private readonly trainings: ConfigTrainings,
    private readonly made: Pick<RunScripts, 'of'>,
    private readonly output: vscode.LogOutputChannel,
  ) {}

  /** What scripts and configs say of a run: of the kind of training, and of the script that is known to have made it. */
  async told(run: Pick<RunSummary, 'path'>): Promise<Told> {
    const [kinds, maker] = await Promise.all([this.of(run), this.maker(run.path)]);
    return { kinds, script: maker && (await this.traitsOf(maker)) };
  }

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
    const maker = await this.maker(path);
    const kind = maker && (await this.ofScript(maker).catch(() => null));
    return kind === null ? [] : [kind];
  }

  /** The script that is known to have made a run; null, too, where it is gone or can't be read. */
  private async maker(path: string): Promise<vscode.TextDocument | null> {
    const script = await this.made.of(path);
    if (script?.scheme !== 'file' || !script.path.endsWith('.py')) return null;
    return vscode.workspace.openTextDocument(script).then(
      (document) => document,
      () => null,
    );
  }

  private async traitsOf(document: vscode.TextDocument): Promise<ScriptTraits | null> {
    // What is known of this version of it is remembered there.
    await this.ofScript(document).catch(() => null);
    const known = this.scripts.get(document);
    if (!known) return null;
    const text = document.getText();
    known.traits ??= import('../python/traits').then(({ traitsOfSource }) => traitsOfSource(text));
    return known.traits.catch(() => null);
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
