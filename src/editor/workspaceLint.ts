import * as l10n from '@vscode/l10n';
import { setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';
import { isLintable } from '../lint/names';
import { lintedFiles } from './configReaders';
import { commands, settings } from './ids';
import type { Lint } from './lint';
import { DiskLint, type Looked } from './lintFiles';
import type { LintProjects } from './lintProjects';
import { onNewFolder } from './newFolders';
import { say } from './say';
import { onSettingsChange, readSettings } from './settings';
import { isPassedOver, lintableFiles } from './workspaceFiles';

/** How many files are linted at once: a few, since the disk is slower than the rules. */
const AT_ONCE = 4;
/** Share of the time that the background leaves to others, as a pause per file linted (ms). */
const REST = 2;
/** Pause before the workspace is gone through, so that the start of the editor is not slowed (ms). */
const START = 3000;

const passedOver: Looked = { findings: [], isLatest: true };

/** What one pass over the workspace found. */
export interface Summary {
  files: number;
  errors: number;
  warnings: number;
  others: number;
}

/**
 * The lint of all files of the workspace: by command with progress, and quietly in the background, where only what is new
 * or changed is linted again. What is open in an editor is left to the lint of the editors.
 */
export class WorkspaceLint implements vscode.Disposable {
  private readonly disk: DiskLint;
  private readonly store: vscode.Disposable[];
  private readonly start: NodeJS.Timeout;
  private running: vscode.CancellationTokenSource | null = null;
  /** Cancelled at the end. */
  private readonly life = new vscode.CancellationTokenSource();

  constructor(
    private readonly lint: Lint,
    projects: LintProjects,
    private readonly output: vscode.LogOutputChannel,
  ) {
    this.disk = new DiskLint(projects);
    const watcher = vscode.workspace.createFileSystemWatcher(lintedFiles);
    // Of a folder that is deleted nothing is told but its own name.
    const deletions = vscode.workspace.createFileSystemWatcher('**', true, true);
    const again = (uri: vscode.Uri): void => void this.one(uri);
    this.store = [
      watcher,
      watcher.onDidChange(again),
      watcher.onDidCreate(again),
      deletions,
      deletions.onDidDelete((uri) => this.lint.gone(uri)),
      onNewFolder((folder) => void this.folder(folder)),
      lint.onDidLeave(again),
      vscode.commands.registerCommand(commands.lintWorkspace, () => this.byCommand()),
      projects.onDidChange(() => this.background()),
      projects.readers.onDidChange(({ configs, onDisk }) => void (onDisk && this.each(configs))),
      projects.onDidJudge(() => projects.judgedByRuns.forEach(again)),
      onSettingsChange((affects) => {
        if (affects(settings.lint) || affects(settings.lintRules) || affects(settings.lintWorkspace))
          this.background();
      }),
    ];
    this.start = setTimeout(() => this.background(), START);
  }

  dispose(): void {
    clearTimeout(this.start);
    this.running?.cancel();
    this.life.cancel();
    for (const item of this.store) item.dispose();
  }

  private background(): void {
    this.running?.cancel();
    this.lint.forgetDisk();
    if (!readSettings.lintWorkspace()) return;
    const source = new vscode.CancellationTokenSource();
    this.running = source;
    this.pass(source.token, () => pause(REST)).catch((error: unknown) => this.output.error(String(error)));
  }

  private async byCommand(): Promise<Summary | undefined> {
    this.running?.cancel();
    const summary = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: l10n.t('Fitcheck: linting the workspace'),
        cancellable: true,
      },
      (progress, token) =>
        this.pass(token, (done, of) => {
          progress.report({ message: l10n.t('{0} of {1} files', done, of), increment: 100 / of });
          return Promise.resolve();
        }),
    );
    if (!summary) {
      // It took the place of the pass in the background, which begins anew.
      if (readSettings.lintWorkspace()) this.background();
      return undefined;
    }
    void say.info(summaryText(summary));
    if (summary.errors + summary.warnings > 0)
      void vscode.commands.executeCommand('workbench.actions.view.problems');
    return summary;
  }

  /** @returns null where it was cancelled */
  private async pass(
    token: vscode.CancellationToken,
    after: (done: number, of: number) => Promise<unknown>,
  ): Promise<Summary | null> {
    const uris = await lintableFiles(token);
    const summary: Summary = { files: 0, errors: 0, warnings: 0, others: 0 };
    let next = 0;
    let done = 0;
    const work = async (): Promise<void> => {
      while (next < uris.length && !token.isCancellationRequested) {
        const uri = uris[next++]!;
        const { findings, isLatest } = await this.disk.look(uri);
        if (token.isCancellationRequested) return;
        if (findings) {
          summary.files++;
          for (const { severity } of findings)
            summary[severity === 'error' ? 'errors' : severity === 'warning' ? 'warnings' : 'others']++;
          if (isLatest) this.lint.onDisk(uri, findings);
        }
        await after(++done, uris.length);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return token.isCancellationRequested ? null : summary;
  }

  /** What came with a folder; what was in one in whose place it is, is gone. */
  private async folder(folder: vscode.Uri): Promise<void> {
    this.lint.gone(folder);
    const path = vscode.workspace.asRelativePath(folder, false);
    if (!readSettings.lintWorkspace() || isPassedOver(`${path}/`)) return;
    await this.each(await lintableFiles(this.life.token, [folder]));
  }

  /** A base may have any number of configs that inherit from it, a folder any number of files. */
  private async each(uris: readonly vscode.Uri[]): Promise<void> {
    for (const uri of uris) {
      await this.one(uri);
      await pause(REST);
    }
  }

  private async one(uri: vscode.Uri): Promise<void> {
    // What the command told stays true, too, where the setting is off.
    if (!readSettings.lintWorkspace() && !this.lint.isToldFromDisk(uri)) return;
    const path = vscode.workspace.asRelativePath(uri, false);
    const isPassed = isPassedOver(path) || !isLintable(path);
    const { findings, isLatest } = isPassed ? passedOver : await this.disk.look(uri);
    if (isLatest) this.lint.onDisk(uri, findings ?? []);
  }
}

function summaryText(summary: Summary): string {
  const files = summary.files === 1 ? l10n.t('1 file') : l10n.t('{0} files', summary.files);
  const errors = summary.errors === 1 ? l10n.t('1 error') : l10n.t('{0} errors', summary.errors);
  const warnings = summary.warnings === 1 ? l10n.t('1 warning') : l10n.t('{0} warnings', summary.warnings);
  const others = summary.others === 1 ? l10n.t('1 thing') : l10n.t('{0} things', summary.others);
  const isClean = summary.errors + summary.warnings === 0;
  if (summary.others === 0)
    return isClean
      ? l10n.t('Fitcheck: no problem in {0}.', files)
      : l10n.t('Fitcheck: {0} and {1} in {2}.', errors, warnings, files);
  return isClean
    ? l10n.t('Fitcheck: no problem in {0}, and {1} to consider (in the light bulbs).', files, others)
    : l10n.t(
        'Fitcheck: {0} and {1} in {2}, and {3} to consider (in the light bulbs).',
        ...[errors, warnings, files, others],
      );
}
