import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { toRange } from '../edits';
import { commands, settings } from '../ids';
import { onSettingsChange, readSettings } from '../settings';
import { documentPlaces } from './documentPlaces';
import { lensText } from './lensText';
import type { ScriptRuns } from './scriptRuns';

/** One line above the training loop of a script: what was said of the latest run that it wrote. */
export class TrainingLens implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly change = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.change.event;
  private readonly store: vscode.Disposable[];

  constructor(private readonly runs: ScriptRuns) {
    this.store = [
      this.change,
      runs.onDidChange(() => this.change.fire()),
      onSettingsChange((affects) => affects(settings.codeLens) && this.change.fire()),
      vscode.languages.registerCodeLensProvider({ language: 'python', scheme: 'file' }, this),
    ];
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    if (!readSettings.codeLens(document.uri)) return [];
    const run = await this.runs.latest(document.uri);
    const title = run && lensText(run);
    if (!run || !title) return [];
    const { training } = await documentPlaces(document);
    if (!training) return [];
    const command = { command: commands.showRun, title, tooltip: l10n.t('Show this run'), arguments: [run] };
    return [new vscode.CodeLens(toRange(training), command)];
  }

  dispose(): void {
    for (const item of this.store) item.dispose();
  }
}
