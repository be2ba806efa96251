import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Reported } from '../engine/markdown';
import type { RunSummary } from '../protocol';
import { pickRun } from './pickRuns';
import { reportedRun, type ReportServices } from './reportedRun';

/** What is handed on of a run: a summary for a chat, a report for a file. */
export class Reports {
  constructor(
    private readonly services: ReportServices,
    /** The log of the panel that is shown. */
    private readonly shown: () => string | null,
  ) {}

  /** The run of a tree item, of the panel that is shown, or that the user chooses; undefined where there is none. */
  async of(run: unknown): Promise<Reported | undefined> {
    const given = (run as Partial<RunSummary> | null | undefined)?.path;
    const path = typeof given === 'string' ? given : (this.shown() ?? (await this.chosen()));
    if (path === undefined) return undefined;
    return reportedRun(this.services, path);
  }

  private async chosen(): Promise<string | undefined> {
    const [path] = await pickRun(this.services.engine, l10n.t('Report on a run'));
    return path;
  }

  async copy(reported: Reported): Promise<void> {
    const { summaryText } = await import('../engine/markdown');
    await vscode.env.clipboard.writeText(summaryText(reported));
    vscode.window.setStatusBarMessage(l10n.t('Fitcheck: summary copied'), 3000);
  }

  /** In an editor of its own, unsaved: what becomes of it is the user's choice. */
  async show(reported: Reported): Promise<void> {
    const { reportMarkdown } = await import('../engine/markdown');
    const content = reportMarkdown(reported);
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
    await vscode.window.showTextDocument(document, vscode.ViewColumn.Beside);
  }
}
