import { basename } from 'node:path';
import type * as vscode from 'vscode';
import type { ComparedRun, FromEngine, ToWebview } from '../protocol';
import type { EngineService } from './engineService';

/** So many runs can be told apart by their colours; the run of the panel is one of them. */
export const MOST_RUNS = 8;

export interface ComparisonServices {
  engine: EngineService;
  /** Most points of a curve in a picture, and how many may be added before a fresh one. */
  maxPoints: number;
  maxAppended: number;
  /** Whether a message would be seen: it is left out otherwise, and everything is sent when it would. */
  listening(): boolean;
  tell(message: ToWebview): void;
}

interface Other extends ComparedRun {
  appended: number;
  files: readonly string[];
}

/** The runs that the run of a panel is compared with: follows each, and passes on what the engine tells of it. */
export class Comparison implements vscode.Disposable {
  private others: Other[] = [];
  private wanted: readonly string[] = [];
  /** What was chosen last is being read: the list that there is says less than is known. */
  private choosing = false;
  private readonly subscription: vscode.Disposable;
  /** Only the latest choice counts. */
  private turn = 0;
  /** The panel is closed: what was chosen for it comes too late. */
  private closed = false;

  constructor(
    private readonly services: ComparisonServices,
    /** The run of the panel: it is not compared with itself. */
    private readonly main: () => { path: string; id: string | null },
  ) {
    this.subscription = services.engine.onEvent((event) => this.hear(event));
  }

  /** What was chosen, even if it is still being read. */
  get paths(): readonly string[] {
    return this.wanted;
  }

  /** Those that could be read. */
  get ids(): string[] {
    return this.others.flatMap(({ id }) => id ?? []);
  }

  /** The file of one of the runs that a place is in; null for what is not known here. */
  fileOf(id: string, file: number | null): string | null {
    const other = this.others.find((one) => one.id === id);
    return (file === null ? other?.path : other?.files[file]) ?? null;
  }

  /** Compares with these runs and no others. Those that were there already go on without a break. */
  async set(paths: readonly string[]): Promise<void> {
    if (this.closed) return;
    const turn = ++this.turn;
    const wanted = [...new Set(paths)].filter((path) => path !== this.main().path).slice(0, MOST_RUNS - 1);
    this.wanted = wanted;
    this.choosing = true;
    const fresh: Other[] = [];
    const found = await Promise.all(
      wanted.map(async (path) => {
        // What could not be read may be there by now.
        const there = this.others.find((one) => one.path === path && one.id !== null);
        if (there) return there;
        const other = await this.follow(path);
        fresh.push(other);
        return other;
      }),
    );
    if (turn !== this.turn) return this.unfollow(fresh);
    const before = this.others;
    this.others = this.distinct(found);
    this.choosing = false;
    await this.unfollow([...before, ...fresh].filter((one) => !this.others.includes(one)));
    await this.sendAll();
  }

  remove(path: string): Promise<void> {
    return this.set(this.paths.filter((one) => one !== path));
  }

  /** Says all again: the page is new, or could not listen. */
  async sendAll(): Promise<void> {
    if (this.choosing || !this.services.listening()) return;
    this.sendList();
    await Promise.all(this.others.map((other) => this.sendSnapshot(other)));
  }

  dispose(): void {
    this.closed = true;
    this.turn++;
    this.subscription.dispose();
    void this.unfollow(this.others.splice(0));
  }

  /** A path may lead to a run that is there already. */
  private distinct(found: readonly Other[]): Other[] {
    const ids = new Set([this.main().id]);
    return found.filter(({ id }) => {
      if (id === null) return true;
      if (ids.has(id)) return false;
      ids.add(id);
      return true;
    });
  }

  private async follow(path: string): Promise<Other> {
    const { engine } = this.services;
    const title = engine.runs.find((run) => run.path === path)?.title ?? basename(path);
    const about = { path, title, appended: 0, files: [] };
    try {
      return { ...about, id: await engine.follow(path), problem: null };
    } catch (error) {
      return { ...about, id: null, problem: error instanceof Error ? error.message : String(error) };
    }
  }

  private async unfollow(others: readonly Other[]): Promise<void> {
    for (const { id } of others)
      if (id !== null) await this.services.engine.unfollow(id).catch(() => undefined);
  }

  private sendList(): void {
    const runs = this.others.map(({ path, id, title, problem }) => ({ path, id, title, problem }));
    this.services.tell({ type: 'compared', runs });
  }

  private async sendSnapshot(other: Other): Promise<void> {
    if (other.id === null || !this.services.listening()) return;
    try {
      const run = await this.services.engine.snapshot(other.id, this.services.maxPoints);
      if (!this.others.includes(other)) return;
      other.appended = 0;
      other.files = run.files;
      this.note(other, run.problem);
      other.title = run.summary.title;
      this.services.tell({ type: 'other', run });
    } catch (error) {
      this.note(other, error instanceof Error ? error.message : String(error));
    }
  }

  private hear(event: FromEngine): void {
    if (!('id' in event)) return;
    const other = this.others.find(({ id }) => id === event.id);
    if (!other || !this.services.listening()) return;
    if (event.type === 'failed') this.note(other, event.message);
    else if (event.type === 'reset') void this.sendSnapshot(other);
    else if (event.type === 'assessed') {
      const { summary, assessment } = event;
      this.services.tell({ type: 'assessed', summary, assessment, fixes: [] });
    } else {
      other.appended += event.series.reduce((sum, { points }) => sum + points.steps.length, 0);
      const { generation, summary, series } = event;
      if (other.appended > this.services.maxAppended) void this.sendSnapshot(other);
      else this.services.tell({ type: 'append', generation, summary, series });
    }
  }

  private note(other: Other, problem: string | null): void {
    if (other.problem === problem) return;
    other.problem = problem;
    if (this.others.includes(other)) this.sendList();
  }
}
