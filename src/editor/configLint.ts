import * as vscode from 'vscode';
import type { LintFinding } from '../findings/finding';
import { toRange, toWorkspaceEdit } from './edits';
import { onSettingsChange, readSettings } from './settings';
import { settings } from './ids';

const languages = ['yaml', 'json', 'jsonc'];
/** Pause after the last keystroke before the file is linted again (ms). */
const DELAY = 250;
/** Where a rule's code leads to. */
const rulePages = 'https://github.com/fitcheck/fitcheck/blob/main/docs/rules';

const severities = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
} as const;

/** Diagnostics and quick fixes for open training configs, as they are typed. */
export class ConfigLint implements vscode.Disposable, vscode.CodeActionProvider {
  private readonly diagnostics = vscode.languages.createDiagnosticCollection('fitcheck');
  private readonly findings = new Map<string, LintFinding[]>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly store: vscode.Disposable[];

  constructor(private readonly output: vscode.LogOutputChannel) {
    this.store = [
      this.diagnostics,
      vscode.workspace.onDidOpenTextDocument((document) => void this.lint(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.lintSoon(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.forget(document.uri)),
      onSettingsChange((affects) => affects(settings.lint) && this.lintAll()),
      vscode.languages.registerCodeActionsProvider(languages, this, {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
      }),
    ];
    this.lintAll();
  }

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const found = this.findings.get(document.uri.toString()) ?? [];
    return found.flatMap((finding) => {
      if (!finding.fix || !toRange(finding.range).intersection(range)) return [];
      const action = new vscode.CodeAction(finding.fix.title, vscode.CodeActionKind.QuickFix);
      action.edit = toWorkspaceEdit(document.uri, finding.fix.edits);
      action.diagnostics = [toDiagnostic(finding)];
      action.isPreferred = finding.fix.safe;
      return [action];
    });
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    for (const item of this.store) item.dispose();
  }

  private lintAll(): void {
    for (const document of vscode.workspace.textDocuments) void this.lint(document);
  }

  private lintSoon(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    clearTimeout(this.timers.get(key));
    const run = (): void => {
      this.timers.delete(key);
      void this.lint(document);
    };
    this.timers.set(key, setTimeout(run, DELAY));
  }

  private async lint(document: vscode.TextDocument): Promise<void> {
    if (document.isClosed || !languages.includes(document.languageId)) return;
    if (!readSettings.lint(document.uri)) {
      this.forget(document.uri);
      return;
    }
    try {
      // The parsers are loaded at the first config: activation stays fast.
      const { lintConfig } = await import('../config/lint');
      if (document.isClosed) return;
      const found = lintConfig(document.getText(), document.uri.fsPath);
      this.findings.set(document.uri.toString(), found);
      this.diagnostics.set(document.uri, found.map(toDiagnostic));
    } catch (error) {
      this.output.error(error instanceof Error ? error : String(error));
    }
  }

  private forget(uri: vscode.Uri): void {
    clearTimeout(this.timers.get(uri.toString()));
    this.timers.delete(uri.toString());
    this.findings.delete(uri.toString());
    this.diagnostics.delete(uri);
  }
}

function toDiagnostic(finding: LintFinding): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(
    toRange(finding.range),
    finding.message,
    severities[finding.severity],
  );
  diagnostic.source = 'fitcheck';
  diagnostic.code = { value: finding.code, target: vscode.Uri.parse(`${rulePages}/${finding.code}.md`) };
  return diagnostic;
}
