import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { listed } from '../listed';
import type { ConfigTrainings } from './configTrainings';
import { commands } from './ids';
import { isLinted, selector } from './lintedDocuments';
import { readSettings } from './settings';

/** From this confidence on the kind of a config is told as it is. */
const SURE = 0.9;

/** The language status of the active editor: as which kind of training config it is read, and how many findings there are. */
export class LintStatus implements vscode.Disposable {
  private readonly item = vscode.languages.createLanguageStatusItem('fitcheck.lint', [...selector]);
  private readonly store: vscode.Disposable[];

  constructor(
    private readonly trainings: ConfigTrainings,
    output: vscode.LogOutputChannel,
  ) {
    this.item.name = 'Fitcheck';
    this.item.command = { command: commands.lintWorkspace, title: l10n.t('Lint Workspace') };
    const update = (): void => {
      this.update().catch((error: unknown) => output.error(String(error)));
    };
    this.store = [
      this.item,
      vscode.window.onDidChangeActiveTextEditor(update),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        const active = vscode.window.activeTextEditor?.document.uri.toString();
        if (uris.some((uri) => uri.toString() === active)) update();
      }),
      vscode.workspace.onDidSaveTextDocument(update),
    ];
    update();
  }

  dispose(): void {
    for (const item of this.store) item.dispose();
  }

  private async update(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (!document || !isLinted(document)) return;
    if (!readSettings.lint(document.uri)) {
      this.item.text = l10n.t('Fitcheck: linting is off');
      this.item.detail = '';
      return;
    }
    const configs = await this.trainings.of(document);
    if (vscode.window.activeTextEditor?.document !== document) return;
    const kinds = [...new Set(configs.map(({ dialect }) => dialect.title))];
    // Two signs are a good guess, and no more.
    const sure = configs.every(({ confidence }) => confidence >= SURE);
    const read = listed(kinds);
    if (kinds.length > 0)
      this.item.text = sure ? l10n.t('Fitcheck: {0}', read) : l10n.t('Fitcheck: probably {0}', read);
    else
      this.item.text =
        document.languageId === 'python'
          ? l10n.t('Fitcheck: Python script')
          : l10n.t('Fitcheck: no training config');
    const problems = vscode.languages
      .getDiagnostics(document.uri)
      .filter(({ source }) => source === 'fitcheck');
    const known = configs.reduce((sum, { settings }) => sum + settings.length, 0);
    const parts = [problems.length === 1 ? l10n.t('1 problem') : l10n.t('{0} problems', problems.length)];
    if (known > 0) parts.push(l10n.t('{0} known settings', known));
    this.item.detail = listed(parts);
  }
}
