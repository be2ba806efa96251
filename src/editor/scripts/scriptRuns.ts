import * as vscode from 'vscode';
import type { Assessment, RunSummary } from '../../protocol';
import type { EngineService } from '../engineService';
import { judgedRun } from '../judged';
import type { RunScripts } from './runScripts';

/** Runs that were shown and are in no folder of the workspace: so many are remembered. */
const MOST_OTHERS = 100;
/** What was found of a script is good for this long (ms): every cell of a notebook asks, and the tracker of a run may tell its script late. */
const FRESH = 3_000;

/** The runs that a script wrote, with what was said of them. */
export class ScriptRuns implements vscode.Disposable {
  private readonly change = new vscode.EventEmitter<void>();
  /** A run got another verdict, or is known to be of another script. */
  readonly onDidChange = this.change.event;
  private readonly followed = new Map<string, { summary: RunSummary; assessment: Assessment }>();
  private readonly asked = new Map<string, { stamp: string; assessment: Promise<Assessment | null> }>();
  private readonly found = new Map<string, { at: number; run: Promise<RunSummary | null> }>();
  private readonly store: vscode.Disposable[];
  private told = '';

  constructor(
    private readonly engine: Pick<
      EngineService,
      'runs' | 'onRunsChange' | 'onEvent' | 'follow' | 'unfollow' | 'snapshot'
    >,
    private readonly scripts: Pick<RunScripts, 'of' | 'cellOf' | 'onDidChange'>,
  ) {
    this.store = [
      this.change,
      scripts.onDidChange(() => this.tell()),
      engine.onRunsChange(() => this.compare()),
      engine.onEvent((event) => {
        if (event.type !== 'assessed') return;
        const { summary, assessment } = event;
        this.followed.delete(summary.path);
        this.followed.set(summary.path, { summary, assessment });
        for (const path of [...this.followed.keys()].slice(0, -MOST_OTHERS)) this.followed.delete(path);
        this.compare();
      }),
    ];
  }

  /** The newest run of a script; null where none is known. */
  latest(script: vscode.Uri): Promise<RunSummary | null> {
    const key = script.toString();
    const before = this.found.get(key);
    if (before && Date.now() - before.at < FRESH) return before.run;
    const run = this.newestOf(key);
    this.found.set(key, { at: Date.now(), run });
    return run;
  }

  /** URI of the cell that made a run; null where none is known. */
  cellOf(run: RunSummary): string | null {
    return this.scripts.cellOf(run.path);
  }

  /** What was said of a run; it is read for that where nobody follows it. Null where it can't be. */
  assessment(run: RunSummary): Promise<Assessment | null> {
    const followed = this.followed.get(run.path);
    if (followed && stampOf(followed.summary) === stampOf(run)) return Promise.resolve(followed.assessment);
    const stamp = stampOf(run);
    const asked = this.asked.get(run.path);
    if (asked?.stamp === stamp) return asked.assessment;
    const assessment = judgedRun(this.engine, run.path).then(
      (judged) => judged.assessment,
      () => null,
    );
    this.asked.set(run.path, { stamp, assessment });
    // What could not be read may be there when it is asked for again.
    void assessment.then((found) => {
      if (found === null && this.asked.get(run.path)?.assessment === assessment) this.asked.delete(run.path);
    });
    return assessment;
  }

  dispose(): void {
    for (const item of this.store) item.dispose();
  }

  /** Each run may have to be looked at on disk for who made it. */
  private async newestOf(script: string): Promise<RunSummary | null> {
    const newest = [...this.all().values()].sort((a, b) => b.modified - a.modified);
    for (const run of newest) if (String(await this.scripts.of(run.path)) === script) return run;
    return null;
  }

  /** What the list says, and of followed runs what is newer. */
  private all(): Map<string, RunSummary> {
    const all = new Map(this.engine.runs.map((run) => [run.path, run]));
    for (const [path, { summary }] of this.followed) {
      const listed = all.get(path);
      if (!listed || listed.modified <= summary.modified) all.set(path, summary);
    }
    return all;
  }

  /** Tells of what changed in a verdict; points that only go on are nothing new. */
  private compare(): void {
    const told = [...this.all().values()].map(stampOf).join('\n');
    if (told === this.told) return;
    this.told = told;
    this.tell();
  }

  private tell(): void {
    this.found.clear();
    this.change.fire();
  }
}

function stampOf({ path, label, since, symptoms }: RunSummary): string {
  return JSON.stringify([path, label, since, symptoms.map(({ id, severity }) => [id, severity])]);
}
