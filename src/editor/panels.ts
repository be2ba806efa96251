import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { panelType } from './ids';
import { Panel, type PanelServices } from './panel';
import { pickRuns } from './pickRuns';
import { toldApart } from './runs/names';
import { readSettings } from './settings';
import type { Streams } from './streams/streams';

/** What a page keeps of itself over a reload; anything else in it is view state of the page's own. */
interface PanelState {
  path?: unknown;
  compared?: unknown;
}

/** All open panels: one per run unless the user wants more, restored after a reload. */
export class Panels implements vscode.Disposable, vscode.WebviewPanelSerializer {
  private readonly open = new Set<Panel>();
  private readonly store: vscode.Disposable[];

  constructor(
    private readonly services: Omit<PanelServices, 'choose' | 'compare' | 'moved'>,
    private readonly streams: Pick<Streams, 'nameOf' | 'metaOf' | 'onDidChange'>,
    private readonly pickLog: () => Promise<vscode.Uri | undefined>,
    /** Another panel is in sight, or none any more. */
    private readonly onDidChange: () => void,
  ) {
    this.store = [
      vscode.window.registerWebviewPanelSerializer(panelType, this),
      // What the outputs of earlier windows are called is read while their panels come back.
      streams.onDidChange(() => this.callAll()),
    ];
  }

  /** Shows the run at `path`: in the panel that has it already, else in a new one. */
  show(path: string, preserveFocus = false): Panel {
    // A folder may have been opened that holds nothing but this log.
    const id = this.services.engine.runs.find((run) => run.path === path)?.id ?? null;
    const shown = [...this.open];
    const known =
      shown.find((panel) => panel.path === path) ?? shown.find((panel) => id !== null && panel.runId === id);
    if (known) {
      known.view.reveal(undefined, preserveFocus);
      // It could not be read when it was opened: it may be there now.
      if (known.runId === null) void known.open(path);
      return known;
    }
    const column = readSettings.openBeside() ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
    const view = vscode.window.createWebviewPanel(
      panelType,
      l10n.t('Fitcheck: {0}', this.streams.nameOf(path)),
      { viewColumn: column, preserveFocus },
      {},
    );
    return this.adopt(view, path);
  }

  /**
   * Shows runs side by side: the first in its panel, the others beside it. Of one, or of none (then of the panel that is
   * shown), the user chooses the others.
   * @param paths log files or folders of runs
   */
  async compare(paths: readonly string[] = []): Promise<void> {
    const [first, ...others] = [...new Set(paths)];
    if (first !== undefined && others.length > 0) return this.show(first).comparison.set(others);
    const shown = first === undefined ? this.activePanel : this.show(first);
    if (shown) return this.pickFor(shown);
    const picked = await pickRuns(this.services.engine, null);
    if (picked?.[0] !== undefined) await this.show(picked[0]).comparison.set(picked.slice(1));
  }

  /** The log of the panel that has the focus, or was shown last; null where none is open. */
  get activePath(): string | null {
    return this.activePanel?.path ?? null;
  }

  /** Id of the run of that panel. */
  get activeRun(): string | null {
    return this.activePanel?.runId ?? null;
  }

  private get activePanel(): Panel | undefined {
    const all = [...this.open];
    return all.find(({ view }) => view.active) ?? all.filter(({ view }) => view.visible).at(-1);
  }

  /** Whether there is a panel for this run, in sight or not. */
  has(runId: string): boolean {
    return [...this.open].some((panel) => panel.runId === runId);
  }

  /** Whether a panel for this run can be seen right now. */
  shows(runId: string): boolean {
    return [...this.open].some((panel) => panel.runId === runId && panel.view.visible);
  }

  deserializeWebviewPanel(view: vscode.WebviewPanel, state: PanelState | undefined): Promise<void> {
    const path = typeof state?.path === 'string' ? state.path : null;
    if (path === null) view.dispose();
    else void this.adopt(view, path).comparison.set(texts(state?.compared));
    return Promise.resolve();
  }

  dispose(): void {
    for (const item of this.store) item.dispose();
    for (const panel of this.open) panel.view.dispose();
  }

  private adopt(view: vscode.WebviewPanel, path: string): Panel {
    const panel = new Panel(view, path, {
      ...this.services,
      choose: (which) => void this.choose(which),
      compare: (which) => void this.pickFor(which),
      moved: () => this.callAll(),
    });
    this.open.add(panel);
    this.callAll();
    view.onDidDispose(() => {
      this.open.delete(panel);
      this.callAll();
      this.onDidChange();
    });
    view.onDidChangeViewState(() => this.onDidChange());
    return panel;
  }

  /** Tabs with equal names get what tells them apart, as those of editors do. */
  private callAll(): void {
    const paths = [...new Set([...this.open].map(({ path }) => path))];
    const { streams } = this;
    const named = paths.map((path) => {
      return { path, name: streams.nameOf(path), start: streams.metaOf(path)?.start };
    });
    const names = toldApart(named, Date.now(), vscode.env.language);
    for (const panel of this.open) panel.call(names[paths.indexOf(panel.path)]!);
  }

  private async pickFor(panel: Panel): Promise<void> {
    const { comparison, path } = panel;
    const picked = await pickRuns(this.services.engine, path, comparison.paths);
    if (picked) await comparison.set(picked);
  }

  private async choose(panel: Panel): Promise<void> {
    const uri = await this.pickLog();
    if (uri) await panel.open(uri.fsPath);
  }
}

function texts(saved: unknown): string[] {
  return Array.isArray(saved) ? saved.filter((text) => typeof text === 'string') : [];
}
