import * as vscode from 'vscode';
import type { EngineService } from './engineService';
import type { Panels } from './panels';
import { readSettings } from './settings';

const patterns = '**/{*.csv,*.tsv,*.jsonl,*.log,*.out,trainer_state.json,*tfevents*}';
/** A training that creates a hundred files is one search (ms). */
const DELAY = 1_000;

/**
 * Keeps the list of runs up to date when logs appear, and, where the user asked for it, opens the panel of a run
 * that is going on.
 */
export class RunWatch implements vscode.Disposable {
  private readonly store: vscode.Disposable[] = [];
  private readonly opened = new Set<string>();
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly engine: EngineService,
    private readonly panels: Panels,
  ) {
    const watcher = vscode.workspace.createFileSystemWatcher(patterns, false, true, false);
    const soon = (): void => this.refreshSoon();
    this.store.push(watcher, watcher.onDidCreate(soon), watcher.onDidDelete(soon));
    this.store.push(engine.onRunsChange(() => this.openRunning()));
    if (readSettings.openWhenRunStarts()) this.refreshSoon();
  }

  dispose(): void {
    if (this.timer) clearTimeout(this.timer);
    for (const item of this.store) item.dispose();
  }

  /** Searching starts the engine: only where someone looks at the list or asked for panels. */
  private refreshSoon(): void {
    if (this.engine.pid === null && !readSettings.openWhenRunStarts()) return;
    if (this.timer) clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.engine.refresh().catch(() => undefined), DELAY);
  }

  private openRunning(): void {
    if (!readSettings.openWhenRunStarts()) return;
    for (const { id, path, state } of this.engine.runs) {
      if (state !== 'running' || this.opened.has(id)) continue;
      this.opened.add(id);
      this.panels.show(path, true);
    }
  }
}
