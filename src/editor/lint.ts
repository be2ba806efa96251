import * as vscode from 'vscode';
import type { LintFinding } from '../findings/finding';
import { combined } from '../lint/project';
import { toWorkspaceEdit } from './edits';
import { settings } from './ids';
import { lintedPath, seenPath, selector } from './lintedDocuments';
import { actionsFor, fixAll, fixAllKind, toDiagnostic, moreKind, type Placed } from './lintActions';
import type { LintProjects } from './lintProjects';
import { cellEdits, isCell, notebookOf, pythonCells } from './notebooks';
import { onSettingsChange, readSettings } from './settings';

/** Pause after the last keystroke before the file is linted again (ms). */
const DELAY = 250;

/** What was found in a document, good while its version is the same. */
interface Linted {
  version: number;
  findings: readonly Placed[];
}

/**
 * Diagnostics and quick fixes for open training scripts and configs, as they are typed. What is wrong goes to Problems;
 * what is only worth a thought is in the light bulb of its line and nowhere else.
 */
export class Lint implements vscode.Disposable, vscode.CodeActionProvider {
  private readonly diagnostics = vscode.languages.createDiagnosticCollection('fitcheck');
  private readonly linted = new Map<string, Linted>();
  /** Files whose diagnostics come from the disk: nobody has them open. */
  private readonly fromDisk = new Set<string>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly left = new vscode.EventEmitter<vscode.Uri>();
  private readonly store: vscode.Disposable[];
  /** No editor has a file of the workspace any more: what is on disk counts again, which may be other text, or gone. */
  readonly onDidLeave = this.left.event;

  constructor(
    private readonly output: vscode.LogOutputChannel,
    private readonly projects: LintProjects,
  ) {
    this.store = [
      this.diagnostics,
      this.left,
      // The cells of a notebook are opened one by one, and are linted together.
      vscode.workspace.onDidOpenTextDocument((document) =>
        isCell(document) ? this.lintSoon(document) : void this.lint(document),
      ),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.lintSoon(document)),
      // Cells come, go and change places.
      vscode.workspace.onDidOpenNotebookDocument((notebook) => this.soon(notebook.uri, notebook)),
      vscode.workspace.onDidChangeNotebookDocument(
        ({ notebook, contentChanges }) => contentChanges.length > 0 && this.soon(notebook.uri, notebook),
      ),
      vscode.workspace.onDidCloseTextDocument((document) => this.closed(document)),
      projects.onDidChange(() => this.lintAll()),
      projects.onDidJudge(() => this.lintAll()),
      projects.readers.onDidChange(({ configs }) => this.lintReaders(configs)),
      onSettingsChange(
        (affects) => (affects(settings.lint) || affects(settings.lintRules)) && this.lintAll(),
      ),
      vscode.languages.registerCodeActionsProvider([...selector], this, {
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
    if (only && fixAllKind.intersects(only)) {
      const found = await this.current(document);
      return fixAll(
        document,
        found.map(({ finding }) => finding),
      );
    }
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
    for (const document of vscode.workspace.textDocuments) if (!isCell(document)) void this.lint(document);
    for (const notebook of vscode.workspace.notebookDocuments) void this.lintNotebook(notebook);
  }

  /** What they inherit says something else. */
  private lintReaders(configs: readonly vscode.Uri[]): void {
    const keys = new Set(configs.map(String));
    for (const document of vscode.workspace.textDocuments)
      if (keys.has(document.uri.toString())) this.lintSoon(document);
  }

  private lintSoon(document: vscode.TextDocument): void {
    const notebook = notebookOf(document);
    this.soon((notebook ?? document).uri, notebook ?? document);
  }

  private soon(uri: vscode.Uri, what: vscode.TextDocument | vscode.NotebookDocument): void {
    const key = uri.toString();
    clearTimeout(this.timers.get(key));
    const run = (): void => {
      this.timers.delete(key);
      void ('getCells' in what ? this.lintNotebook(what) : this.lint(what));
    };
    this.timers.set(key, setTimeout(run, DELAY));
  }

  /** The findings in a document as it stands now. */
  private async current(document: vscode.TextDocument): Promise<readonly Placed[]> {
    const known = this.linted.get(document.uri.toString());
    if (known?.version !== document.version) await this.lint(document);
    const now = this.linted.get(document.uri.toString());
    // What was typed meanwhile moved the places of what was found before.
    return now?.version === document.version ? now.findings : [];
  }

  private async lint(document: vscode.TextDocument): Promise<void> {
    const notebook = notebookOf(document);
    if (notebook) return this.lintNotebook(notebook);
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
      const project = await this.projects.of(uri);
      const rules = combined(project.rules, readSettings.lintRules(uri));
      const findings = project.ignores(path)
        ? []
        : await lintText(document.getText(), path, rules, this.projects.around(uri));
      // What was typed meanwhile is linted by itself.
      if (document.isClosed || document.version !== version) return;
      const placed = findings.map((finding) => ({
        finding,
        edit: finding.fix && toWorkspaceEdit(uri, finding.fix.edits),
      }));
      this.show(document, placed);
    } catch (error) {
      this.output.error(error instanceof Error ? error : String(error));
    }
  }

  /** All Python cells as one script. */
  private async lintNotebook(notebook: vscode.NotebookDocument): Promise<void> {
    const path = notebook.isClosed ? null : seenPath(notebook.uri);
    if (path === null) return;
    const cells = pythonCells(notebook);
    if (!readSettings.lint(notebook.uri)) {
      for (const { uri } of cells) this.forget(uri);
      return;
    }
    const versions = cells.map(({ version }) => version);
    try {
      const { lintCells } = await import('../lint/cells');
      const project = await this.projects.of(notebook.uri);
      const rules = combined(project.rules, readSettings.lintRules(notebook.uri));
      const texts = cells.map((cell) => cell.getText());
      const found = project.ignores(path) ? [] : await lintCells(texts, path, rules);
      const same = pythonCells(notebook);
      if (notebook.isClosed || same.length !== cells.length) return;
      if (same.some((cell, i) => cell !== cells[i] || cell.version !== versions[i])) return;
      for (const [i, document] of cells.entries()) {
        const own = found.filter(({ cell }) => cell === i);
        this.show(
          document,
          own.map(({ finding, edits }) => ({ finding, edit: finding.fix && cellEdits(edits, cells) })),
        );
      }
    } catch (error) {
      this.output.error(error instanceof Error ? error : String(error));
    }
  }

  /** Shows what was found in a file that no editor has open; the lint of the editors is always newer. */
  onDisk(uri: vscode.Uri, findings: readonly LintFinding[]): void {
    const key = uri.toString();
    if (vscode.workspace.textDocuments.some((one) => one.uri.toString() === key && !one.isClosed)) return;
    if (findings.length > 0) this.fromDisk.add(key);
    else this.fromDisk.delete(key);
    this.diagnostics.set(uri, findings.flatMap(toDiagnostic));
  }

  /** Whether something is told of a file that no editor has open. */
  isToldFromDisk(uri: vscode.Uri): boolean {
    return this.fromDisk.has(uri.toString());
  }

  /** Takes back what was told of a file that is gone, or of those in a folder that is. */
  gone(uri: vscode.Uri): void {
    const key = uri.toString();
    for (const told of this.fromDisk) {
      if (told !== key && !told.startsWith(`${key}/`)) continue;
      this.fromDisk.delete(told);
      if (!this.linted.has(told)) this.diagnostics.delete(vscode.Uri.parse(told));
    }
  }

  /** Takes back what was told of files that no editor has open. */
  forgetDisk(): void {
    for (const key of this.fromDisk)
      if (!this.linted.has(key)) this.diagnostics.delete(vscode.Uri.parse(key));
    this.fromDisk.clear();
  }

  private show({ uri, version }: vscode.TextDocument, findings: readonly Placed[]): void {
    this.linted.set(uri.toString(), { version, findings });
    this.diagnostics.set(
      uri,
      findings.flatMap(({ finding }) => toDiagnostic(finding)),
    );
  }

  /** What was found in a file of the workspace stays told when its editor is closed; what was never saved is gone. */
  private closed({ uri, isDirty }: vscode.TextDocument): void {
    const kept = this.diagnostics.get(uri) ?? [];
    this.forget(uri);
    if (!readSettings.lintWorkspace() || !vscode.workspace.getWorkspaceFolder(uri)) return;
    if (!isDirty && kept.length > 0) {
      this.fromDisk.add(uri.toString());
      this.diagnostics.set(uri, kept);
    }
    this.left.fire(uri);
  }

  private forget(uri: vscode.Uri): void {
    clearTimeout(this.timers.get(uri.toString()));
    this.timers.delete(uri.toString());
    this.linted.delete(uri.toString());
    this.diagnostics.delete(uri);
  }
}
