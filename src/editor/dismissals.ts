import * as vscode from 'vscode';
import type { SymptomId } from '../analysis/diagnosis';
import type { Beginning, DismissedFinding, RunSummary } from '../protocol';
import { goesOn } from '../runs/beginning';
import { heeded } from './heeded';

/** Key in the workspace's memory: path of a run -> what the user says is not so, newest runs last. */
const KEY = 'fitcheck.notSo';
/** Runs that are remembered; the oldest are forgotten. */
const MOST_RUNS = 500;

interface Remembered {
  findings: DismissedFinding[];
  /** How the training begins of which it was said; null where it was not seen then. */
  beginning: Beginning | null;
}
type Table = Record<string, Remembered>;

/**
 * The findings of which the user says that they are not so, remembered for each run of the workspace. They are said of one
 * training: when another begins in the same log they are forgotten.
 */
export class Dismissals implements vscode.Disposable {
  private readonly change = new vscode.EventEmitter<string>();
  /** Path of the run. */
  readonly onDidChange = this.change.event;
  private readonly beginnings = new Map<string, Beginning>();

  constructor(private readonly memory: vscode.Memento) {}

  of(path: string): readonly DismissedFinding[] {
    return this.remembered(path)?.findings ?? [];
  }

  /** The run as the user sees it. */
  heed(run: RunSummary): RunSummary {
    const { path, beginning } = run;
    const known = this.remembered(path);
    if (beginning) this.beginnings.set(path, beginning);
    if (!known) return run;
    if (beginning && known.beginning && !goesOn(known.beginning, beginning)) {
      void this.remember(path, []);
      return run;
    }
    return heeded(run, new Set(known.findings.map(({ id }) => id)));
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

  private remembered(path: string): Remembered | undefined {
    const table = this.table();
    const known = Object.hasOwn(table, path) ? table[path] : undefined;
    // One entry of another shape must not take the whole list of runs away.
    return Array.isArray(known?.findings) ? known : undefined;
  }

  private async remember(path: string, findings: DismissedFinding[]): Promise<void> {
    const others = Object.entries(this.table()).filter(([known]) => known !== path);
    const said = { findings, beginning: this.beginnings.get(path) ?? null };
    const all = findings.length === 0 ? others : [...others, [path, said] as const];
    await this.memory.update(KEY, Object.fromEntries(all.slice(-MOST_RUNS)));
    this.change.fire(path);
  }

  private table(): Table {
    return this.memory.get<Table>(KEY, {});
  }
}
