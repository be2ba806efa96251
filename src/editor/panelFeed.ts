import { PROTOCOL_VERSION, type FromWebview, type ToWebview } from '../protocol';
import type { Dismissals } from './dismissals';
import type { EngineService } from './engineService';
import type { Experiments } from './ledger/experiments';
import type { AdviceHost, PanelAdvice } from './panelAdvice';

/** More points than pixels can't be seen; the engine thins longer curves out. */
export const MAX_POINTS = 2_000;
/** After this many points were appended the picture is thinned out again by a fresh snapshot. */
export const APPENDED_BEFORE_SNAPSHOT = 20_000;

export interface FeedServices {
  engine: Pick<EngineService, 'snapshot' | 'detail'>;
  dismissals: Pick<Dismissals, 'of'>;
  experiments: Pick<Experiments, 'since'>;
  output: { warn(message: string): void };
}

/** The panel around it. */
export interface FeedHost extends AdviceHost {
  readonly runPath: string;
  /** Id of the run that is shown, null while it can't be read. */
  readonly runId: string | null;
  /** Counts what is shown: an answer that was asked for in an earlier turn is dropped. */
  readonly turn: number;
}

/** What the page of a panel is told of its run: a snapshot of the engine first, then the additions. */
export class PanelFeed {
  private appended = 0;
  private files: readonly string[] = [];

  constructor(
    private readonly services: FeedServices,
    private readonly host: FeedHost,
    private readonly advice: PanelAdvice,
  ) {}

  /** All that is known of the run. */
  async snapshot(): Promise<void> {
    const { host, advice } = this;
    const { runId, turn } = host;
    if (runId === null || !host.listening) return;
    try {
      const known = await this.services.engine.snapshot(runId, MAX_POINTS);
      if (turn !== host.turn) return;
      const { summary, assessment, problem } = known;
      const run = { ...known, assessment: advice.atOnce(summary, assessment) };
      this.appended = 0;
      this.files = run.files;
      // At once, before any addition that is under way; the fixes follow when they are found.
      host.tell({ type: 'snapshot', version: PROTOCOL_VERSION, run, fixes: advice.fixes });
      this.dismissed();
      void this.since();
      if (problem !== null) host.tell({ type: 'problem', message: problem });
      if (assessment) await advice.say(summary, assessment);
    } catch (error) {
      if (turn === host.turn) host.tell({ type: 'problem', message: wordsOf(error) });
    }
  }

  /** New points. */
  append(event: Extract<ToWebview, { type: 'append' }>): void {
    if (!this.host.listening) return;
    this.appended += event.series.reduce((sum, { points }) => sum + points.steps.length, 0);
    if (this.appended > APPENDED_BEFORE_SNAPSHOT) void this.snapshot();
    else {
      const { generation, summary, series } = event;
      this.host.tell({ type: 'append', generation, summary, series });
    }
  }

  /** What changed since the run before. */
  async since(): Promise<void> {
    const { host } = this;
    const { turn } = host;
    const since = await this.services.experiments.since(host.runPath);
    if (turn === host.turn && host.listening) host.tell({ type: 'since', since: since?.words ?? null });
  }

  /** What the user says is not so. */
  dismissed(): void {
    this.host.tell({ type: 'dismissed', findings: this.services.dismissals.of(this.host.runPath) });
  }

  /** More points of a part that is looked at closely; without them the page goes on with what it has. */
  async detail({ id, request, part }: Extract<FromWebview, { type: 'detail' }>): Promise<void> {
    try {
      const detail = await this.services.engine.detail(id, part);
      if (this.host.listening) this.host.tell({ type: 'detail', id, request, detail });
    } catch (error) {
      this.services.output.warn(wordsOf(error));
    }
  }

  /** The file of the run that a place is in; the page only counts the files. */
  fileOf(file: number | null): string | null {
    return file === null ? this.host.path : (this.files[file] ?? null);
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
