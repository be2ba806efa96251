import { sep } from 'node:path';
import * as vscode from 'vscode';
import type { EngineService } from './engineService';
import { onNewFolder } from './newFolders';
import type { Panels } from './panels';
import type { Starts } from './runs/starts';
import { readSettings } from './settings';

const patterns =
  '**/{*.csv,*.tsv,*.json,*.jsonl,*.log,*.out,*.txt,*.gz,*tfevents*,*.wandb,*.db,*.db-wal,mlruns/**/metrics/**,mlruns/**/meta.yaml}';
/** A training that creates a hundred files is one search (ms). */
const DELAY = 1_000;
/** A file that keeps changing and is no log (yet) is looked at after 2 s, then 4 s … up to 5 minutes (ms). */
const FIRST_LOOK = 2_000;
const LONGEST_WAIT = 300_000;
const MOST_LOOKS = 10_000;

/**
 * Keeps the list of runs up to date when logs appear or begin to grow, and, where the user asked for it, opens the
 * panel of a run that is going on.
 */
export class RunWatch implements vscode.Disposable {
  private readonly store: vscode.Disposable[] = [];
  private readonly looks = new Map<string, { next: number; wait: number }>();
  private readonly later = new Map<string, NodeJS.Timeout>();
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly engine: EngineService,
    private readonly panels: Pick<Panels, 'show'>,
    private readonly starts: Starts,
  ) {
    const watcher = vscode.workspace.createFileSystemWatcher(patterns);
    const consider = ({ fsPath }: vscode.Uri): void => this.considerChange(fsPath, Date.now());
    this.store.push(
      watcher,
      watcher.onDidCreate(consider),
      watcher.onDidChange(consider),
      onNewFolder(consider),
    );
    // Of a folder that is deleted nothing is told but its own name.
    const deletions = vscode.workspace.createFileSystemWatcher('**', true, true);
    this.store.push(
      deletions,
      deletions.onDidDelete(({ fsPath }) => this.considerDeletion(fsPath)),
    );
    this.store.push(engine.onRunsChange(() => this.openRunning()));
    if (readSettings.openWhenRunStarts()) this.refreshSoon();
  }

  dispose(): void {
    if (this.timer) clearTimeout(this.timer);
    for (const timer of this.later.values()) clearTimeout(timer);
    for (const item of this.store) item.dispose();
  }

  /** A log often has only its header when it is made: it becomes a run when it grows. A finished one may be resumed. */
  private considerChange(path: string, now: number): void {
    const known = this.engine.runs.find((run) => isIn(path, run.path));
    if (known?.state === 'running') return;
    const { next, wait } = this.looks.get(path) ?? { next: 0, wait: FIRST_LOOK };
    if (now < next) return this.lookLater(path, next - now);
    // Files that came and went without a word would pile up otherwise.
    if (this.looks.size > MOST_LOOKS) this.looks.clear();
    this.looks.set(path, { next: now + wait, wait: Math.min(wait * 2, LONGEST_WAIT) });
    this.refreshSoon();
  }

  /** What is written until the next look is looked at then: it may be all that comes for a long time. */
  private lookLater(path: string, wait: number): void {
    if (this.later.has(path) || this.later.size > MOST_LOOKS) return;
    const look = (): void => {
      this.later.delete(path);
      this.considerChange(path, Date.now());
    };
    this.later.set(path, setTimeout(look, wait));
  }

  private considerDeletion(path: string): void {
    clearTimeout(this.later.get(path));
    this.later.delete(path);
    const wasLookedAt = this.looks.delete(path);
    if (wasLookedAt || this.engine.runs.some((run) => isIn(run.path, path))) this.refreshSoon();
  }

  /** Searching starts the engine: only where someone looks at the list or asked for panels. */
  private refreshSoon(): void {
    if (this.engine.pid === null && !readSettings.openWhenRunStarts()) return;
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.engine.refresh().catch(() => undefined);
    }, DELAY);
  }

  private openRunning(): void {
    if (!readSettings.openWhenRunStarts()) return;
    for (const { path } of this.starts.next(this.engine.runs)) this.panels.show(path, true);
  }
}

/** Whether a path is another one, or below it. */
function isIn(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}
