import * as vscode from 'vscode';
import type { SymptomId } from '../analysis/diagnosis';
import type { DismissedFinding, RunSummary } from '../protocol';
import { heeded } from './heeded';

/** Key in the workspace's memory: path of a run -> what the user says is not so, newest runs last. */
const KEY = 'fitcheck.dismissed';
/** Runs that are remembered; the oldest are forgotten. */
const MOST_RUNS = 500;

type Table = Record<string, DismissedFinding[]>;

/** The findings of which the user says that they are not so, remembered for each run of the workspace. */
export class Dismissals implements vscode.Disposable {
  private readonly change = new vscode.EventEmitter<string>();
  /** Path of the run. */
  readonly onDidChange = this.change.event;

  constructor(private readonly memory: vscode.Memento) {}

  of(path: string): readonly DismissedFinding[] {
    const table = this.table();
    return Object.hasOwn(table, path) ? table[path]! : [];
  }

  /** The run as the user sees it. */
  heed(run: RunSummary): RunSummary {
    const dismissed = this.of(run.path);
    return dismissed.length === 0 ? run : heeded(run, new Set(dismissed.map(({ id }) => id)));
  }

  dismiss(path: string, finding: DismissedFinding): Promise<void> {
    return this.remember(path, [...this.of(path).filter(({ id }) => id !== finding.id), finding]);
  }

  restore(path: string, id: SymptomId): Promise<void> {
    return this.remember(
      path,
      this.of(path).filter((one) => one.id !== id),
    );
  }

  dispose(): void {
    this.change.dispose();
  }

  private async remember(path: string, findings: DismissedFinding[]): Promise<void> {
    const others = Object.entries(this.table()).filter(([known]) => known !== path);
    const all = findings.length === 0 ? others : [...others, [path, findings] as const];
    await this.memory.update(KEY, Object.fromEntries(all.slice(-MOST_RUNS)));
    this.change.fire(path);
  }

  private table(): Table {
    return this.memory.get<Table>(KEY, {});
  }
}
