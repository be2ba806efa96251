import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { RunSummary } from '../../protocol';
import type { Range } from '../../remedies/textEdit';
import { toRange } from '../edits';
import { commands, settings } from '../ids';
import { notebookOf } from '../notebooks';
import { onSettingsChange, readSettings } from '../settings';
import { documentPlaces } from './documentPlaces';
import { lensText } from './lensText';
import { notebookPlace } from './notebookPlace';
import type { ScriptRuns } from './scriptRuns';

/** One line above the training loop of a script or notebook: what was said of the latest run that it wrote. */
export class TrainingLens implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly change = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.change.event;
  private readonly store: vscode.Disposable[];

  constructor(private readonly runs: ScriptRuns) {
    this.store = [
      this.change,
      runs.onDidChange(() => this.change.fire()),
      onSettingsChange((affects) => affects(settings.codeLens) && this.change.fire()),
      vscode.languages.registerCodeLensProvider(
        [
          { language: 'python', scheme: 'file' },
          { language: 'python', scheme: 'vscode-notebook-cell' },
        ],
        this,
      ),
    ];
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    if (!readSettings.codeLens(document.uri)) return [];
    const notebook = notebookOf(document);
    const run = await this.runs.latest(notebook?.uri ?? document.uri);
    const title = run && lensText(run);
    if (!run || !title) return [];
    const range = notebook
      ? await this.inCell(document, notebook, run)
      : (await documentPlaces(document)).training;
    if (!range) return [];
    const command = { command: commands.showRun, title, tooltip: l10n.t('Show this run'), arguments: [run] };
    return [new vscode.CodeLens(toRange(range), command)];
  }

  /** The place of a notebook's training where it is in this cell. */
  private async inCell(
    document: vscode.TextDocument,
    notebook: vscode.NotebookDocument,
    run: RunSummary,
  ): Promise<Range | null> {
    const place = await notebookPlace(notebook, this.runs.cellOf(run));
    return place?.cell === document ? place.range : null;
  }

  dispose(): void {
    for (const item of this.store) item.dispose();
  }
}
