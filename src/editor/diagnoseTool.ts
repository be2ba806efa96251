import * as l10n from '@vscode/l10n';
import { basename, isAbsolute, resolve, sep } from 'node:path';
import * as vscode from 'vscode';
import { diagnoseTool } from './ids';
import { reportedRun, type ReportServices } from './reportedRun';

/** What a model gives the tool. */
export interface DiagnoseInput {
  /** Log file or folder of a run, absolute or below the workspace; the latest run where it is left out. */
  path?: string;
}

/** Longest answer (characters): some 2,000 tokens; the curves come last and are what is cut. */
const LONGEST = 8_000;

/** Lets a language model ask for the diagnosis of a run. It only reads, and only runs of this workspace. */
export class DiagnoseTool implements vscode.LanguageModelTool<DiagnoseInput> {
  constructor(private readonly services: ReportServices) {}

  prepareInvocation({
    input,
  }: vscode.LanguageModelToolInvocationPrepareOptions<DiagnoseInput>): vscode.PreparedToolInvocation {
    const name = typeof input.path === 'string' ? basename(input.path) : l10n.t('the latest run');
    return { invocationMessage: l10n.t('Reading the training curves of {0}', name) };
  }

  async invoke({
    input,
  }: vscode.LanguageModelToolInvocationOptions<DiagnoseInput>): Promise<vscode.LanguageModelToolResult> {
    const reported = await reportedRun(this.services, await this.pathOf(input));
    const { reportMarkdown } = await import('../engine/markdown');
    const report = reportMarkdown(reported);
    const text = report.length <= LONGEST ? report : `${report.slice(0, LONGEST)}\n(cut)\n`;
    return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
  }

  /** @throws Error with the runs that there are, for the model to choose from */
  private async pathOf({ path }: DiagnoseInput): Promise<string> {
    const { engine } = this.services;
    if (engine.runs.length === 0) await engine.refresh();
    const { runs } = engine;
    const latest = [...runs].sort((a, b) => b.modified - a.modified);
    if (typeof path !== 'string' || path === '') {
      if (latest[0]) return latest[0].path;
      throw new Error('There is no training run in this workspace. Give the path of a log file.');
    }
    const listed = runs.find((run) => run.path === path || run.title === path);
    if (listed) return listed.path;
    const roots = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
    const candidates = isAbsolute(path) ? [resolve(path)] : roots.map((root) => resolve(root, path));
    const inside = candidates.find((one) => roots.some((root) => one.startsWith(root + sep)));
    if (inside !== undefined) return inside;
    const names = latest.slice(0, 10).map((run) => run.title);
    throw new Error(`"${path}" is not in this workspace. Its runs: ${names.join(', ') || 'none'}.`);
  }
}

export function registerDiagnoseTool(services: ReportServices): vscode.Disposable {
  return vscode.lm.registerTool(diagnoseTool, new DiagnoseTool(services));
}
