import * as vscode from 'vscode';
import type { LintFinding } from '../findings/finding';
import { settings } from './ids';
import { languages, lintedPath } from './lintedDocuments';
import { actionsFor, fixAll, fixAllKind, toDiagnostic, moreKind } from './lintActions';
import { onSettingsChange, readSettings } from './settings';

/** Pause after the last keystroke before the file is linted again (ms). */
const DELAY = 250;

/** What was found in a document, good while its version is the same. */
interface Linted {
  version: number;
  findings: readonly LintFinding[];
}

/**
 * Diagnostics and quick fixes for open training scripts and configs, as they are typed. What is wrong goes to Problems;
 * what is only worth a thought is in the light bulb of its line and nowhere else.
 */
export class Lint implements vscode.Disposable, vscode.CodeActionProvider {
  private readonly diagnostics = vscode.languages.createDiagnosticCollection('fitcheck');
  private readonly linted = new Map<string, Linted>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly store: vscode.Disposable[];

  constructor(private readonly output: vscode.LogOutputChannel) {
    this.store = [
      this.diagnostics,
      vscode.workspace.onDidOpenTextDocument((document) => void this.lint(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.lintSoon(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.forget(document.uri)),
      onSettingsChange(
        (affects) => (affects(settings.lint) || affects(settings.lintRules)) && this.lintAll(),
      ),
      vscode.languages.registerCodeActionsProvider([...languages], this, {
        providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, moreKind, fixAllKind],
      }),
    ];
    this.lintAll();
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    { only }: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    // "Fix all" is for those who ask for it: on saving, and in the menu of sources.
    if (only && fixAllKind.intersects(only)) return fixAll(document, await this.current(document));
    if (only && !only.intersects(vscode.CodeActionKind.QuickFix)) return [];
    const { findings = [], version = -1 } = this.linted.get(document.uri.toString()) ?? {};
    if (version !== document.version) return [];
    return findings.flatMap((finding) => actionsFor(finding, document, range, only !== undefined));
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

  /** The findings in a document as it stands now. */
  private async current(document: vscode.TextDocument): Promise<readonly LintFinding[]> {
    const known = this.linted.get(document.uri.toString());
    if (known?.version !== document.version) await this.lint(document);
    return this.linted.get(document.uri.toString())?.findings ?? [];
  }

  private async lint(document: vscode.TextDocument): Promise<void> {
    const path = document.isClosed ? null : lintedPath(document);
    if (path === null) return;
    const { uri, version } = document;
    if (!readSettings.lint(uri)) {
      this.forget(uri);
      return;
    }
    try {
      // The parsers are loaded at the first script or config: activation stays fast.
      const { lintText } = await import('../lint/lint');
      const findings = await lintText(document.getText(), path, readSettings.lintRules(uri));
      // What was typed meanwhile is linted by itself.
      if (document.isClosed || document.version !== version) return;
      this.linted.set(uri.toString(), { version, findings });
      this.diagnostics.set(uri, findings.flatMap(toDiagnostic));
    } catch (error) {
      this.output.error(error instanceof Error ? error : String(error));
    }
  }

  private forget(uri: vscode.Uri): void {
    clearTimeout(this.timers.get(uri.toString()));
    this.timers.delete(uri.toString());
    this.linted.delete(uri.toString());
    this.diagnostics.delete(uri);
  }
}
