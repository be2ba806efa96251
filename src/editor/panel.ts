import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { PROTOCOL_VERSION, type FromEngine, type FromWebview, type ToWebview } from '../protocol';
import { Comparison } from './comparison';
import type { Dismissals } from './dismissals';
import type { EngineService } from './engineService';
import type { Experiments } from './ledger/experiments';
import type { Fixes } from './fixes';
import type { FormatChoice } from './formatChoice';
import { readMessage } from './fromPage';
import type { PageReader } from './pageFiles';
import { answer } from './pageRequests';
import { PanelAdvice } from './panelAdvice';
import { APPENDED_BEFORE_SNAPSHOT, MAX_POINTS, PanelFeed } from './panelFeed';
import { panelHtml } from './panelHtml';
import { say } from './say';
import type { TrainingKinds } from './trainingKinds';

export interface PanelServices {
  engine: EngineService;
  fixes: Fixes;
  output: vscode.LogOutputChannel;
  formats: FormatChoice;
  dismissals: Dismissals;
  kinds: TrainingKinds;
  experiments: Pick<Experiments, 'since' | 'onDidChange'>;
  extensionUri: vscode.Uri;
  page: PageReader;
  /** It shows another run: it may be called otherwise, and others with it. */
  moved(panel: Panel): void;
  /** The user wants another log in this panel. */
  choose(panel: Panel): void;
  /** The user wants to choose the runs that this one is compared with. */
  compare(panel: Panel): void;
}

/**
 * One panel showing one run. It holds no points: on `ready`, when shown again and after a reset its feed passes on a
 * snapshot of the engine, while visible the additions.
 */
export class Panel implements vscode.Disposable {
  private id: string | null = null;
  private ready = false;
  private shown = 0;
  private problem: string | null = null;
  private name = '';
  private disposed = false;
  /** While a run is read: takes that back. */
  private reading: vscode.CancellationTokenSource | null = null;
  readonly comparison: Comparison;
  private readonly advice: PanelAdvice;
  private readonly feed: PanelFeed;
  private readonly store: vscode.Disposable[] = [];

  constructor(
    readonly view: vscode.WebviewPanel,
    private logPath: string,
    private readonly services: PanelServices,
  ) {
    const { extensionUri, engine } = services;
    this.comparison = new Comparison(
      {
        engine,
        maxPoints: MAX_POINTS,
        maxAppended: APPENDED_BEFORE_SNAPSHOT,
        listening: () => this.listening && this.id !== null,
        tell: (message) => this.tell(message),
      },
      () => ({ path: this.logPath, id: this.id }),
    );
    this.advice = new PanelAdvice(services, this);
    this.feed = new PanelFeed(services, this, this.advice);
    view.webview.options = { enableScripts: true, localResourceRoots: [] };
    view.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'icons', 'panel.svg');
    this.store.push(
      this.comparison,
      view.webview.onDidReceiveMessage((message: unknown) => this.hear(readMessage(message))),
      view.onDidChangeViewState(() => void (view.visible && this.sendAll())),
      view.onDidDispose(() => this.dispose()),
      engine.onRestart(() => void this.sendAll()),
      services.dismissals.onDidChange((path) => path === this.runPath && this.rankAnew()),
      services.experiments.onDidChange(() => void this.feed.since()),
      services.fixes.onDidChange(() => this.advice.sayAgain()),
      engine.onEvent((event) => {
        if (event.type === 'reading') this.tellReading(event);
        if (!('id' in event) || event.id !== this.id) return;
        if (event.type === 'reset') void this.feed.snapshot();
        else if (event.type === 'failed') this.tell({ type: 'problem', message: event.message });
        else if (event.type === 'assessed') void this.advice.say(event.summary, event.assessment);
        else this.feed.append(event);
      }),
    );
    void this.load();
    void this.open(logPath);
  }

  get path(): string {
    return this.logPath;
  }

  /** Path of the run that is shown: that of the log, or of the folder that it belongs to. */
  get runPath(): string {
    return this.advice.runPath;
  }

  /** Whether its page shows what it is told. */
  get listening(): boolean {
    return this.ready && this.view.visible;
  }

  /** Counts what is shown: an answer that was asked for in an earlier turn is dropped. */
  get turn(): number {
    return this.shown;
  }

  /** Id of the run that is shown, null while it can't be read. */
  get runId(): string | null {
    return this.id;
  }

  /** What its tab says, so that it can be told from the others. */
  call(name: string): void {
    if (name === this.name) return;
    this.name = name;
    this.view.title = l10n.t('Fitcheck: {0}', name);
  }

  /** Shows another run in this panel, or tries again with the same. The latest call wins. */
  async open(path: string): Promise<void> {
    const turn = ++this.shown;
    const before = this.id;
    this.id = null;
    this.problem = null;
    this.advice.forget();
    this.logPath = path;
    this.services.moved(this);
    this.tell({ type: 'loading', title: this.name });
    const { engine, output } = this.services;
    this.stopReading();
    const { token } = (this.reading = new vscode.CancellationTokenSource());
    try {
      const id = await engine.follow(path, token);
      if (turn !== this.shown) await engine.unfollow(id);
      else {
        this.id = id;
        await this.comparison.set(this.comparison.paths);
        await this.sendAll();
      }
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      if (!token.isCancellationRequested) output.warn(problem);
      if (turn === this.shown) this.tell({ type: 'problem', message: (this.problem = problem) });
    }
    if (before !== null) await engine.unfollow(before).catch(() => undefined);
  }

  /** Nobody waits any more for a run that is still being read; one that was read stays. */
  stopReading(): void {
    this.reading?.cancel();
  }

  dispose(): void {
    // Every answer that is still awaited is too late from now on.
    this.shown++;
    this.ready = false;
    this.disposed = true;
    this.stopReading();
    for (const item of this.store.splice(0)) item.dispose();
    if (this.id !== null) void this.services.engine.unfollow(this.id).catch(() => undefined);
    this.id = null;
  }

  private async load(): Promise<void> {
    const language = { name: vscode.env.language, strings: vscode.l10n.bundle ?? null };
    try {
      const html = panelHtml(await this.services.page.read(), language);
      if (!this.disposed) this.view.webview.html = html;
    } catch (error) {
      this.services.output.error(error instanceof Error ? error : String(error));
      void say.error(l10n.t('Fitcheck: {0}', error instanceof Error ? error.message : String(error)));
    }
  }

  private hear(message: FromWebview | null): void {
    if (message?.type === 'ready') this.start(message.version);
    else if (message?.type === 'detail') this.lookClosely(message);
    else if (message) answer(message, this, this.services);
  }

  /** How far a large log is read. */
  private tellReading({ path, done, size }: Extract<FromEngine, { type: 'reading' }>): void {
    // Others may wait for a run of which the user has said that they do not.
    const isWanted = this.id === null && !this.reading?.token.isCancellationRequested;
    if (!isWanted || path !== this.logPath || !this.listening) return;
    this.tell({ type: 'loading', title: this.name, read: { done, size } });
  }

  /** The page is there, or there anew. */
  private start(version: number): void {
    this.ready = true;
    if (version !== PROTOCOL_VERSION) {
      void say.warning(
        l10n.t('Fitcheck was updated while this window was open. Reload the window to go on.'),
      );
    } else if (this.problem !== null) this.tell({ type: 'problem', message: this.problem });
    else if (this.id === null) this.tell({ type: 'loading', title: this.name });
    else void this.sendAll();
  }

  /** At its own run, or one that it is compared with. */
  private lookClosely(message: Extract<FromWebview, { type: 'detail' }>): void {
    if (message.id === this.id || this.comparison.ids.includes(message.id)) void this.feed.detail(message);
  }

  /** The run, and those that it is compared with. */
  private async sendAll(): Promise<void> {
    await this.feed.snapshot();
    await this.comparison.sendAll();
  }

  /** The user says that something is not so, or takes that back: the remedies are for what is left. */
  private rankAnew(): void {
    this.feed.dismissed();
    this.advice.sayAgain();
  }

  /** The file that a place is in; the host knows the files, the page only counts them. */
  fileOf(id: string, file: number | null): string | null {
    if (id !== this.id) return this.comparison.fileOf(id, file);
    return this.feed.fileOf(file);
  }

  tell(message: ToWebview): void {
    if (this.ready) void this.view.webview.postMessage(message);
  }
}
