import * as l10n from '@vscode/l10n';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { EngineClient, type ClientEvents } from '../engine/client';
import type { CurvePart, EngineOptions, FromEngine, RunSnapshot, RunSummary } from '../protocol';
import { assessedAsEnded, ended, type ProgramEnd } from './programEnd';
import { toldApart } from './runs/names';
import { say } from './say';
import { onSettingsChange, readSettings } from './settings';
import { settings } from './ids';

/** What the host knows of a run and the engine never hears. */
export interface HostKnowledge {
  /** A run without what the user says is not so. */
  heed(run: RunSummary): RunSummary;
  /** How the program ended that wrote its log; null where that is not known, and while it goes on. */
  endOf(run: RunSummary): ProgramEnd | null;
  /** Ids of the formats that the user says logs have, by their paths; the others are recognised. */
  formats(): Readonly<Record<string, string>>;
}

/** The engine for the rest of the extension: started at first use, configured from the settings, one notice if it dies. */
export class EngineService implements vscode.Disposable {
  private client: EngineClient | null = null;
  private known: RunSummary[] = [];
  /** As the engine told them, before anything was left out. */
  private raw: readonly RunSummary[] = [];
  /** What runs are called, by their path: no two alike. */
  private titles: ReadonlyMap<string, string> = new Map();
  private readonly judged = new Map<string, Extract<FromEngine, { type: 'assessed' }>>();
  private readonly told = new Set<string>();
  private backend: Extract<FromEngine, { type: 'backend' }> | null = null;
  private readonly events = new vscode.EventEmitter<FromEngine>();
  private readonly restarts = new vscode.EventEmitter<void>();
  private readonly runsChange = new vscode.EventEmitter<readonly RunSummary[]>();
  private readonly store: vscode.Disposable[] = [this.events, this.restarts, this.runsChange];

  readonly onEvent = this.events.event;
  /** The engine is back after a death: what was shown must be asked for again. */
  readonly onRestart = this.restarts.event;
  readonly onRunsChange = this.runsChange.event;

  constructor(
    private readonly script: string,
    private readonly output: vscode.LogOutputChannel,
    /** Folder of the TensorFlow that the user had installed, null when there is none. */
    private readonly installed: () => string | null,
    private readonly host: HostKnowledge,
    /** Folder in which streams are kept: searched for runs as the workspace is. */
    private readonly streams: string,
  ) {
    this.store.push(
      onSettingsChange((affects) => {
        const { backend, tfjsNodePath, customFormats, metricNames } = settings;
        const keys = [backend, tfjsNodePath, customFormats, metricNames];
        if (keys.some((key) => affects(key))) this.reconfigure();
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.reconfigure()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.reconfigure()),
    );
  }

  /** Process id of the engine, null when it does not run. */
  get pid(): number | null {
    return this.client?.pid ?? null;
  }

  /** The runs of the workspace as last told. */
  get runs(): readonly RunSummary[] {
    return this.known;
  }

  /** What the run at a path is called; no two of the list alike. */
  titleOf(path: string): string {
    return this.titles.get(path) ?? basename(path);
  }

  async refresh(): Promise<void> {
    this.setRuns(await this.started().runs(true));
  }

  /** Whoever follows it: all read it as what the user says it is, or one would turn it over for the others. */
  follow(path: string, token?: vscode.CancellationToken): Promise<string> {
    return this.started().follow(path, this.host.formats()[path], token);
  }

  async unfollow(id: string): Promise<void> {
    if (await this.client?.unfollow(id)) this.judged.delete(id);
  }

  /** A followed run with all that was found: the page knows by itself what is dismissed. */
  async snapshot(id: string, maxPoints: number): Promise<RunSnapshot> {
    const run = await this.started().snapshot(id, maxPoints);
    const end = this.host.endOf(run.summary);
    const assessment = run.assessment && assessedAsEnded(run.assessment, run.summary, end);
    return { ...run, summary: this.titled(ended(run.summary, end)), assessment };
  }

  /** A part of some curves of a followed run, at most 4 points a pixel column. */
  detail(id: string, part: CurvePart): ReturnType<EngineClient['detail']> {
    return this.started().detail({ id, part });
  }

  /** Every point of a metric in followed runs as the bytes of a CSV file. */
  csv(ids: readonly string[], metric: string, maxBytes: number): Promise<Uint8Array> {
    return this.started().csv({ ids, metric, maxBytes });
  }

  /** The user changed their mind about findings, or a program is over: what was told is told again. */
  heedAnew(): void {
    this.setRuns(this.raw);
    for (const event of this.judged.values()) this.fire(event);
  }

  /** Starts the engine anew, if it runs; native code that crashed it gets another try. */
  restart(): void {
    this.backend = null;
    this.client?.restart(this.options());
  }

  /** Which backend computes and why better ones do not, for "copy diagnostic information". */
  get backendInfo(): string {
    if (!this.backend) return 'none loaded yet';
    const { info, passedOver } = this.backend;
    const used = info === null ? 'none loads' : `${info.name} ${info.version} on the ${info.device}`;
    return [used, ...passedOver].join('; ');
  }

  dispose(): void {
    this.client?.dispose();
    this.client = null;
    for (const item of this.store) item.dispose();
  }

  private started(): EngineClient {
    if (this.client) return this.client;
    const events: ClientEvents = {
      event: (event) => this.hear(event),
      restarting: (how, first) => this.noticeDeath(how, first),
      movedToWasm: (crash) => this.noticeMove(crash),
      restarted: () => {
        this.output.info('the engine is back and has read its files again');
        this.restarts.fire();
      },
      output: (text) => this.output.debug(text.trimEnd()),
    };
    this.client = new EngineClient(this.script, events, vscode.l10n.uri?.fsPath ?? null);
    this.client.start(this.options());
    this.output.info('engine started');
    return this.client;
  }

  private options(): EngineOptions {
    const folders = (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath);
    const tfjsNodePath = readSettings.tfjsNodePath() ?? this.installed();
    return {
      backend: readSettings.backend(),
      tfjsNodePath,
      roots: [...folders, this.streams],
      formats: readSettings.customFormats(),
      readAs: this.host.formats(),
      names: readSettings.metricNames(),
    };
  }

  /** Tells the engine what the user says now of folders, formats and names. */
  reconfigure(): void {
    this.client?.configure(this.options()).catch((error: unknown) => this.output.error(String(error)));
  }

  private hear(event: FromEngine): void {
    if (event.type === 'log') this.output[event.level](event.message);
    else if (event.type === 'notice') this.notice(event.message);
    else if (event.type === 'runs') this.setRuns(event.runs);
    else if (event.type === 'backend') {
      this.backend = event;
      this.output.info(`backend: ${this.backendInfo}`);
    }
    if (event.type === 'assessed') {
      this.judged.set(event.id, event);
      // What is told again must not be of the training before in the same log.
      this.raw = this.raw.map((run) => (run.id === event.id ? event.summary : run));
    }
    this.fire(event);
  }

  private fire(event: FromEngine): void {
    if (event.type !== 'append' && event.type !== 'assessed') return this.events.fire(event);
    const summary = this.asKnown(event.summary);
    if (event.type === 'append') return this.events.fire({ ...event, summary });
    const end = this.host.endOf(event.summary);
    const assessment = assessedAsEnded(event.assessment, event.summary, end);
    this.events.fire({ ...event, summary, assessment });
  }

  /** Told once each, however often the engine is configured. */
  private notice(message: string): void {
    if (this.told.has(message)) return;
    this.told.add(message);
    this.output.warn(message);
    void say.warning(l10n.t('{0} See the settings of Fitcheck.', message));
  }

  private setRuns(runs: readonly RunSummary[]): void {
    this.raw = runs;
    const named = runs.map(({ path, title, started }) => ({ path, name: title, start: started }));
    const titles = toldApart(named, Date.now(), vscode.env.language);
    this.titles = new Map(runs.map(({ path }, i) => [path, titles[i]!]));
    this.known = runs.map((run) => this.asKnown(run));
    this.runsChange.fire(this.known);
  }

  private asKnown(run: RunSummary): RunSummary {
    return this.host.heed(this.titled(ended(run, this.host.endOf(run))));
  }

  private titled(run: RunSummary): RunSummary {
    return { ...run, title: this.titles.get(run.path) ?? run.title };
  }

  private noticeDeath(how: string, first: boolean): void {
    this.backend = null;
    this.output.warn(`the engine died (${how}); it is started again`);
    if (!first) return;
    const show = l10n.t('Show Log');
    void say
      .warning(l10n.t('The Fitcheck analyzer stopped and is being restarted. Nothing is lost.'), show)
      .then((answer) => (answer === show ? this.output.show() : undefined));
  }

  private noticeMove(crash: string): void {
    this.output.warn(`native TensorFlow crashed (${crash}); going on with the wasm backend`);
    const [again, show] = [l10n.t('Try Again'), l10n.t('Show Log')];
    const text = l10n.t(
      'The native TensorFlow crashed ({0}). Fitcheck goes on with its embedded WebAssembly backend: nothing is lost, and the verdicts are the same. To try it again, run "Fitcheck: Restart Analyzer" or change the setting fitcheck.analyzer.backend.',
      crash,
    );
    void say.warning(text, again, show).then((answer) => {
      if (answer === again) this.restart();
      if (answer === show) this.output.show();
    });
  }
}
