import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { OfferedFix, RemedyCard } from '../protocol';
import type { FixKind, TechniqueId } from '../remedies/remedy';
import { toWorkspaceEdit } from './edits';

/** Most scripts looked at for one offer: the open ones, then the visible. */
const MAX_SCRIPTS = 12;
/** Pause after the last keystroke in a script before the offers are made anew (ms). */
const SETTLED = 300;

/** The remedies that can be written into a script that is open: offered to the panel, applied on a click. */
export class Fixes implements vscode.Disposable {
  private readonly change = new vscode.EventEmitter<void>();
  private readonly store: vscode.Disposable[];
  private timer: NodeJS.Timeout | null = null;

  /** A script was opened, closed or edited: what can be written where may have changed. */
  readonly onDidChange = this.change.event;

  constructor(private readonly output: vscode.LogOutputChannel) {
    this.store = [
      this.change,
      vscode.workspace.onDidOpenTextDocument((document) => this.notice(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.notice(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.notice(document)),
      vscode.window.onDidChangeActiveTextEditor((editor) => editor && this.notice(editor.document)),
    ];
  }

  dispose(): void {
    if (this.timer) clearTimeout(this.timer);
    for (const item of this.store) item.dispose();
  }

  /** For each remedy with a Python fix, the first open training script that it can be written into. */
  async offer(remedies: readonly RemedyCard[]): Promise<OfferedFix[]> {
    const offers: OfferedFix[] = [];
    for (const { technique, fixes } of remedies) {
      if (!fixes.includes('python')) continue;
      const found = await this.find(technique);
      if (found)
        offers.push({
          technique,
          kind: 'python',
          title: found.title,
          file: basename(found.document.fileName),
        });
    }
    return offers;
  }

  /** Writes the remedy and shows the script with the edit in view; says why when it no longer can. */
  async apply(technique: TechniqueId, kind: FixKind): Promise<void> {
    const found = kind === 'python' ? await this.find(technique) : null;
    if (!found) {
      void vscode.window.showInformationMessage(
        'Fitcheck: no open training script that this can be written into. Open the script that calls optimizer.step().',
      );
      return;
    }
    const { document, edits } = found;
    await vscode.workspace.applyEdit(toWorkspaceEdit(document.uri, edits));
    const start = edits[0]!.range.start;
    const at = new vscode.Position(start.line, start.character);
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(at, at) });
  }

  private notice({ languageId }: vscode.TextDocument): void {
    if (languageId !== 'python') return;
    if (this.timer) clearTimeout(this.timer);
    this.timer = setTimeout(() => this.change.fire(), SETTLED);
  }

  private async find(technique: TechniqueId): Promise<Found | null> {
    const active = vscode.window.activeTextEditor?.document;
    const open = vscode.workspace.textDocuments.filter((document) => document !== active);
    const scripts = [...(active ? [active] : []), ...open].filter(
      ({ languageId }) => languageId === 'python',
    );
    if (scripts.length === 0) return null;
    // The grammar is loaded at the first use: activation stays fast.
    const { planRemedy } = await import('../python/plan');
    for (const document of scripts.slice(0, MAX_SCRIPTS)) {
      try {
        const plan = await planRemedy(document.getText(), technique);
        if (plan.applicable) return { document, title: plan.title, edits: plan.edits };
      } catch (error) {
        this.output.error(error instanceof Error ? error : String(error));
      }
    }
    return null;
  }
}

interface Found {
  document: vscode.TextDocument;
  title: string;
  edits: Parameters<typeof toWorkspaceEdit>[1];
}
