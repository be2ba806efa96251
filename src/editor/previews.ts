import * as l10n from '@vscode/l10n';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { previewScheme } from './ids';
import { say } from './say';

/** Pause after the last keystroke in the document before its preview is made anew (ms). */
const SETTLED = 200;

/** An edit that is proposed: what it is called, and the text without and with it. */
export interface Proposal {
  title: string;
  before: string;
  after: string;
}

/** An edit that can be looked at before it is written. */
export interface Previewed {
  /** Names the edit: a second preview of the same is the same one. */
  readonly key: string;
  /** What it would be written into, null where that can't be shown by itself: the cells of a notebook. */
  readonly shown: vscode.Uri | null;
  /** The path of the file, for the name and the language of what is shown. */
  readonly path: string;
  /** Whether a change of this document may change the edit. */
  concerns(document: vscode.TextDocument): boolean;
  /** The edit for the text as it stands, or why there is none. */
  propose(): Promise<Proposal | string>;
  /** Writes it; tells the user why where it can't. */
  write(): Promise<void>;
}

interface Open {
  what: Previewed;
  proposal: Proposal;
  /** Why it can't be written any more; null while it can. */
  reason: string | null;
}

/** Shows edits as a diff before they are written; the diff has "Apply" and "Discard", and follows the document. */
export class Previews implements vscode.Disposable, vscode.TextDocumentContentProvider {
  private readonly change = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.change.event;
  private readonly open = new Map<string, Open>();
  private readonly store: vscode.Disposable[];
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly output: vscode.LogOutputChannel) {
    this.store = [
      this.change,
      vscode.workspace.registerTextDocumentContentProvider(previewScheme, this),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.notice(document)),
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => closed.forEach((tab) => this.forget(tab))),
    ];
  }

  dispose(): void {
    if (this.timer) clearTimeout(this.timer);
    for (const one of this.store) one.dispose();
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    const one = this.open.get(keyOf(uri));
    return (uri.fragment === 'before' ? one?.proposal.before : one?.proposal.after) ?? '';
  }

  /** Opens the diff, or says why there is nothing to show. */
  async show(what: Previewed): Promise<void> {
    const proposal = await what.propose();
    if (typeof proposal === 'string') {
      void say.info(l10n.t('Fitcheck: nothing to preview: {0}.', proposal));
      return;
    }
    this.open.set(what.key, { what, proposal, reason: null });
    const after = uriOf(what, 'after');
    const before = what.shown ?? uriOf(what, 'before');
    this.tellChange(what);
    // A tab shows no code as code.
    const title = l10n.t('{0}: {1}', basename(what.path), proposal.title.replaceAll('`', ''));
    await vscode.commands.executeCommand('vscode.diff', before, after, title, { preview: true });
  }

  /** Writes the edit of the diff that is looked at, if it still is what is shown there. */
  async apply(target?: unknown): Promise<void> {
    const one = this.of(target);
    if (!one) {
      void say.info(
        l10n.t('Fitcheck: no preview of an edit is open; a remedy in the panel of a run opens one.'),
      );
      return;
    }
    const shown = one.proposal.after;
    await this.refresh(one);
    if (one.reason !== null) {
      void say.info(l10n.t('Fitcheck: nothing was written: {0}.', one.reason));
      return;
    }
    if (one.proposal.after !== shown) {
      void say.info(
        l10n.t('Fitcheck: the file has changed, and the preview with it: look at it again, then apply.'),
      );
      return;
    }
    await this.close(one);
    await one.what.write();
  }

  async discard(target?: unknown): Promise<void> {
    const one = this.of(target);
    if (one) await this.close(one);
  }

  private notice(document: vscode.TextDocument): void {
    if (this.open.size === 0 || document.uri.scheme === previewScheme) return;
    if (![...this.open.values()].some(({ what }) => what.concerns(document))) return;
    if (this.timer) clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      for (const one of this.open.values()) void this.refresh(one);
    }, SETTLED);
  }

  /** Makes it anew for the text as it stands; where there is no edit any more, none is shown. */
  private async refresh(one: Open): Promise<void> {
    try {
      const proposal = await one.what.propose();
      one.reason = typeof proposal === 'string' ? proposal : null;
      if (typeof proposal !== 'string') one.proposal = proposal;
    } catch (error) {
      one.reason = l10n.t('the edit could not be made');
      this.output.error(error instanceof Error ? error : String(error));
    }
    if (this.open.get(one.what.key) === one) this.tellChange(one.what);
  }

  private tellChange(what: Previewed): void {
    this.change.fire(uriOf(what, 'after'));
    this.change.fire(uriOf(what, 'before'));
  }

  /** The preview that a menu was opened on, else the one that is looked at. */
  private of(target: unknown): Open | undefined {
    const uri = target instanceof vscode.Uri && target.scheme === previewScheme ? target : activePreview();
    return uri && this.open.get(keyOf(uri));
  }

  private async close({ what }: Open): Promise<void> {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    await vscode.window.tabGroups.close(tabs.filter((tab) => previewOf(tab) === what.key));
    this.open.delete(what.key);
  }

  private forget(tab: vscode.Tab): void {
    const key = previewOf(tab);
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    if (key !== null && !tabs.some((one) => previewOf(one) === key)) this.open.delete(key);
  }
}

function uriOf({ key, path }: Previewed, fragment: 'before' | 'after'): vscode.Uri {
  return vscode.Uri.from({ scheme: previewScheme, path, query: key, fragment });
}

function keyOf({ query }: vscode.Uri): string {
  return query;
}

/** The key of the preview that a tab shows; null for every other tab. */
function previewOf({ input }: vscode.Tab): string | null {
  const isPreview = input instanceof vscode.TabInputTextDiff && input.modified.scheme === previewScheme;
  return isPreview ? keyOf(input.modified) : null;
}

function activePreview(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputTextDiff && input.modified.scheme === previewScheme
    ? input.modified
    : undefined;
}
