import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { Applied, CodeState, Entry } from '../../ledger/entry';
import { stepOf, type Step } from '../../ledger/ledger';
import { goingOn, isAnew, isNews, isTwin, SOON } from '../../ledger/record';
import { stillWritten } from '../../ledger/stillWritten';
import type { Beginning, RunSummary } from '../../protocol';
import type { EngineService } from '../engineService';
import { judgedRun } from '../judged';
import type { RunScripts } from '../scripts/runScripts';
import type { Streams } from '../streams/streams';
import type { AppliedRemedies } from './appliedRemedies';
import { codeOf } from './codeOfRun';
import type { LedgerStore } from './ledgerStore';

export interface RecorderServices {
  engine: EngineService;
  streams: Streams;
  scripts: RunScripts;
  store: LedgerStore;
  applied: AppliedRemedies;
  output: vscode.LogOutputChannel;
}

/** Remembers at each run's start what made it, and at its end what came of it. One run at a time. */
export class Recorder implements vscode.Disposable {
  private readonly change = new vscode.EventEmitter<void>();
  private readonly measured = new vscode.EventEmitter<Step>();
  private readonly subscription: vscode.Disposable;
  private readonly waiting = new Map<string, RunSummary>();
  /** Of a training that stalls and goes on it is told once; the next one may write the same log. */
  private readonly told = new Set<string>();
  private readonly beginnings = new Map<string, Beginning>();
  private working: Promise<void> | null = null;

  readonly onDidChange = this.change.event;
  /** A run ended that can be compared with one before it. */
  readonly onDidMeasure = this.measured.event;

  constructor(private readonly services: RecorderServices) {
    this.subscription = services.engine.onRunsChange((runs) => {
      for (const run of runs)
        if (this.isNews(run)) this.waiting.set(run.path, run);
        else this.note(run);
      if (this.waiting.size > 0) this.working ??= this.work().finally(() => (this.working = null));
    });
  }

  /** Resolves when all that was told so far is remembered. */
  async settled(): Promise<void> {
    while (this.working) await this.working;
  }

  dispose(): void {
    this.subscription.dispose();
    this.change.dispose();
    this.measured.dispose();
  }

  private isNews(run: RunSummary): boolean {
    const { store, scripts } = this.services;
    const { path } = run;
    return isNews(store.get(path), run, scripts.spanOf(path), Date.now(), this.beginnings.get(path));
  }

  /** How a run that is remembered begins, by which the next training in the same log is known. */
  private note({ path, beginning }: RunSummary): void {
    if (beginning && this.services.store.get(path)) this.beginnings.set(path, beginning);
  }

  private async work(): Promise<void> {
    for (let next = this.take(); next; next = this.take()) {
      try {
        await this.record(next);
      } catch (error) {
        this.services.output.warn(`${next.title} is not remembered: ${String(error)}`);
      }
    }
  }

  private take(): RunSummary | undefined {
    const [path, run] = this.waiting.entries().next().value ?? [];
    if (path !== undefined) this.waiting.delete(path);
    return run;
  }

  private async record(run: RunSummary): Promise<void> {
    const { store, scripts } = this.services;
    const known = store.get(run.path);
    const anew = known !== undefined && isAnew(known, run, this.beginnings.get(run.path));
    // Its end was not told, and what it came to was written over.
    if (anew && known.end === null) await store.put({ ...known, state: 'unknown', end: Date.now() });
    const begun = known && !anew ? known : await this.begin(run, anew ? Date.now() : null);
    if (!begun) return;
    // Of a log that is still empty it depends on its program.
    const goesOn = run.state === 'running' || (run.points === 0 && scripts.spanOf(run.path)?.end === null);
    const ended = goesOn ? goingOn(begun) : await this.end(begun, run);
    await store.put(ended);
    this.note(run);
    this.change.fire();
    if (goesOn) return;
    const others = store.all.filter((one) => one.script === ended.script && one.start < ended.start);
    const step = stepOf(
      ended,
      others.toSorted((a, b) => b.start - a.start),
    );
    const training = `${ended.start} ${ended.run}`;
    if (begun.end !== null || step.effects.length === 0 || this.told.has(training)) return;
    this.told.add(training);
    this.measured.fire(step);
  }

  /**
   * Null for a run of which nothing says what script made it, and for what is remembered by another name already.
   * @param begun when a file that was there before was begun anew (ms since 1970)
   */
  private async begin(run: RunSummary, begun: number | null): Promise<Entry | null> {
    const { streams, scripts, store, applied } = this.services;
    const script = await scripts.of(run.path);
    const meta = streams.metaOf(run.path);
    const start = begun ?? meta?.start ?? (await stat(run.path).catch(() => null))?.birthtimeMs ?? Date.now();
    if (!script) await applied.passOver(start, (config) => folderOf(config) === folderOf(run.path));
    if (script?.scheme !== 'file') return null;
    const isLate = Date.now() - start > SOON;
    if (this.isTold(run.path, script.fsPath, isLate ? Date.now() : start)) return null;
    // The program that writes a log may be known by its output.
    const made =
      meta ?? streams.all.find(([, one]) => one.script === script.fsPath && isTwin(one, start))?.[1];
    const about = { configs: made?.configs ?? [], words: made?.arguments ?? [] };
    const keep = (hash: string, text: string): Promise<void> => store.keep(hash, text);
    const started = { script: script.fsPath, start, source: sourceIn(script), ...about };
    const code = isLate ? null : await codeOf(started, keep);
    return {
      ...{ run: run.path, title: run.title, script: script.fsPath, start, end: null, state: 'running' },
      ...{ code, outcomes: [], label: null, symptoms: [] },
      applied: stillIn(code, await applied.take(script.fsPath, start, about.configs)),
    };
  }

  /** Whether the same training is in the ledger by its output, or by its log where this is its output. */
  private isTold(path: string, script: string, start: number): boolean {
    const { store, streams } = this.services;
    const meta = streams.metaOf(path);
    return store.all.some((entry) => {
      if (entry.script !== script || entry.run === path) return false;
      const other = streams.metaOf(entry.run);
      if (meta) return !other && isTwin(meta, entry.start);
      return other !== undefined && isTwin(other, start);
    });
  }

  private async end(entry: Entry, run: RunSummary): Promise<Entry> {
    const { summary, outcomes } = await judgedRun(this.services.engine, run.path);
    return {
      ...entry,
      ...{ title: summary.title, state: summary.state, label: summary.label, outcomes },
      points: Math.max(summary.points, run.points),
      end: this.services.streams.metaOf(run.path)?.end ?? summary.modified,
      symptoms: summary.symptoms.map(({ id }) => id),
    };
  }
}

/** The remedies that a run has read: they may have been taken out again outside of this window. */
function stillIn(code: CodeState | null, applied: readonly Applied[]): readonly Applied[] {
  return (code?.files ?? []).reduce(
    (still, { path, hash }) => stillWritten(still, vscode.Uri.file(path).toString(), hash),
    applied,
  );
}

/** The workspace's folder that a file is in. */
function folderOf(path: string): string | undefined {
  return vscode.workspace.getWorkspaceFolder(vscode.Uri.file(path))?.uri.toString();
}

/** The code of an open notebook: what runs is what its cells say, saved or not. */
function sourceIn(script: vscode.Uri): string | null {
  const open = vscode.workspace.notebookDocuments.find(({ uri }) => uri.toString() === script.toString());
  const cells = open?.getCells().filter(({ kind }) => kind === vscode.NotebookCellKind.Code);
  return cells?.map(({ document }) => document.getText()).join('\n\n') ?? null;
}
