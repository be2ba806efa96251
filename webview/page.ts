import * as l10n from '@vscode/l10n';
import {
  PROTOCOL_VERSION,
  type ComparedRun,
  type DismissedFinding,
  type FromWebview,
  type Read,
  type RunSnapshot,
  type SinceBefore,
  type ToWebview,
} from '../src/protocol';
import type { RunOnPage } from './comparison';
import { button } from './controls';
import { Curves } from './curves';
import { el } from './dom';
import { LoadingView } from './loadingView';
import type { Theme } from './look';
import { isNews } from './paused';
import { assignColours } from './runColours';
import { RunView, type ShownRun } from './runView';
import { readTheme, watchTheme } from './theme';
import { readState, type ViewState } from './viewState';

/** The page's side of VS Code's message channel. */
export interface Host {
  postMessage(message: FromWebview): void;
  getState(): unknown;
  setState(state: unknown): void;
}

/** The whole page: keeps the newest snapshot, adds what is appended, draws when something changed. */
export class Page {
  private state: ViewState;
  private shown: ShownRun | null = null;
  private others: RunOnPage[] = [];
  private dismissed: readonly DismissedFinding[] = [];
  private since: SinceBefore | null = null;
  private view: RunView | null = null;
  private theme: Theme = readTheme();
  private loading: LoadingView | null = null;
  private drawing = false;
  /** The user looks at something: what comes meanwhile is had afterwards. */
  private paused = false;
  private readonly problem = el('div', { class: 'problem', attributes: { role: 'alert' } });
  private readonly main = el('div');

  constructor(
    root: HTMLElement,
    private readonly host: Host,
  ) {
    this.state = readState(host.getState());
    root.replaceChildren(this.problem, this.main);
    this.showLoading('');
    watchTheme(() => {
      this.theme = readTheme();
      this.draw();
    });
    host.postMessage({ type: 'ready', version: PROTOCOL_VERSION });
  }

  hear(message: ToWebview): void {
    if (this.paused && isNews(message, (id) => Boolean(this.onPage(id)?.run))) return this.offerOnly(message);
    switch (message.type) {
      case 'loading':
        return this.showLoading(message.title, message.read);
      case 'problem':
        return this.showProblem(message.message);
      case 'snapshot':
        return this.take(message);
      case 'append':
        return this.append(message);
      case 'assessed':
        return this.assess(message);
      case 'compared':
        return this.compare(message.runs);
      case 'dismissed':
        return this.dismiss(message.findings);
      case 'since':
        this.since = message.since;
        if (this.shown) this.shown.since = message.since;
        return this.draw();
      case 'detail':
        // Of an earlier generation it would be of points that do not hold any more.
        if (this.onPage(message.id)?.run?.generation === message.detail.generation)
          this.view?.hearDetail(message);
        return;
      case 'other':
        return this.takeOther(message.run);
      default:
        return message satisfies never;
    }
  }

  private take({ run: { series, ...run }, fixes }: Extract<ToWebview, { type: 'snapshot' }>): void {
    const other = this.shown?.run.summary.id !== run.summary.id;
    const { path } = run.summary;
    const dismissed = other ? [] : this.dismissed;
    if (other) {
      this.since = null;
      this.paused = false;
    }
    this.shown = {
      run,
      curves: new Curves(series, { path, id: run.summary.id }),
      fixes,
      others: this.others,
      dismissed,
      since: this.since,
    };
    this.save({ path, ...(this.state.path === path ? {} : { hidden: [] }) });
    this.assignColours();
    this.problem.replaceChildren();
    if (other || !this.view) this.makeView();
    this.draw();
  }

  /** The list of compared runs; what is known of those that stay, stays. */
  private compare(runs: readonly ComparedRun[]): void {
    this.others = runs.map((about) => {
      const known = this.others.find((one) => one.about.path === about.path);
      return { about, run: known?.run ?? null, curves: known?.curves ?? null };
    });
    const paths = runs.map(({ path }) => path);
    this.save({ compared: paths, hiddenRuns: paths.length > 0 ? this.state.hiddenRuns : [] });
    this.assignColours();
    if (this.shown) this.shown.others = this.others;
    this.draw();
  }

  private takeOther({ series, ...run }: RunSnapshot): void {
    const other = this.others.find(({ about }) => about.id === run.summary.id);
    if (!other) return;
    other.run = run;
    other.curves = new Curves(series, { path: other.about.path, id: run.summary.id, main: false });
    this.draw();
  }

  private dismiss(findings: readonly DismissedFinding[]): void {
    this.dismissed = findings;
    if (this.shown) this.shown.dismissed = findings;
    this.draw();
  }

  private assignColours(): void {
    if (!this.shown) return;
    const paths = [this.shown.run.summary.path, ...this.others.map(({ about }) => about.path)];
    this.save({ colours: this.others.length > 0 ? assignColours(this.state.colours, paths) : {} });
  }

  /** The run of the panel or one that it is compared with; undefined for one that is not on the page any more. */
  private onPage(id: string): { run: ShownRun['run'] | null; curves: Curves | null } | undefined {
    if (this.shown?.run.summary.id === id) return this.shown;
    return this.others.find(({ about }) => about.id === id);
  }

  /** Points of an earlier generation, or of the run before this one, may still be on their way. */
  private append({ generation, summary, series }: Extract<ToWebview, { type: 'append' }>): void {
    const one = this.onPage(summary.id);
    if (!one?.run || generation !== one.run.generation) return;
    one.run = { ...one.run, summary };
    one.curves?.append(series);
    if (one === this.shown) this.problem.replaceChildren();
    this.draw();
  }

  private assess({ summary, assessment, fixes }: Extract<ToWebview, { type: 'assessed' }>): void {
    const one = this.onPage(summary.id);
    if (!one?.run) return;
    one.run = { ...one.run, summary, assessment };
    if (one === this.shown) this.shown.fixes = fixes;
    this.draw();
  }

  /** What can be written into which file is as it is now, also while the page is paused: a button must not say otherwise. */
  private offerOnly(message: ToWebview): void {
    if (!this.shown || !('fixes' in message)) return;
    const { summary } = message.type === 'snapshot' ? message.run : message;
    if (summary.id !== this.shown.run.summary.id) return;
    this.shown.fixes = message.fixes;
    this.draw();
  }

  /** Stops and goes on with what is new. What was left out comes with a snapshot, as for a page that was hidden. */
  private pause(): void {
    this.paused = !this.paused;
    if (!this.paused) this.host.postMessage({ type: 'ready', version: PROTOCOL_VERSION });
    this.draw();
  }

  private makeView(): void {
    this.view?.dispose();
    this.view = new RunView(this.state, {
      state: () => this.state,
      change: (part) => {
        this.save(part);
        this.draw();
      },
      reveal: (place) => this.host.postMessage({ type: 'reveal', ...place }),
      dismiss: (finding) => this.host.postMessage({ type: 'dismiss', ...finding }),
      restore: (id) => this.host.postMessage({ type: 'restore', id }),
      preview: ({ technique, kind }) => this.host.postMessage({ type: 'preview', technique, kind }),
      fix: ({ technique, kind }) => this.host.postMessage({ type: 'fix', technique, kind }),
      learn: (technique) => this.host.postMessage({ type: 'learn', technique }),
      format: () => this.host.postMessage({ type: 'format' }),
      choose: () => this.choose(),
      compare: () => this.host.postMessage({ type: 'compare' }),
      compareBefore: () => this.host.postMessage({ type: 'compareBefore' }),
      uncompare: (path) => this.host.postMessage({ type: 'uncompare', path }),
      redraw: () => this.draw(),
      pause: () => this.pause(),
      export: (what) => this.host.postMessage(what),
      detail: (id, request, part) => this.host.postMessage({ type: 'detail', id, request, part }),
    });
    this.main.replaceChildren(this.view.element);
  }

  /** Draws at most once a frame, however many messages came. */
  private draw(): void {
    if (this.drawing) return;
    this.drawing = true;
    requestAnimationFrame(() => {
      this.drawing = false;
      if (this.shown) this.view?.draw(this.shown, this.state, this.theme, this.paused);
    });
  }

  private save(part: Partial<ViewState>): void {
    this.state = { ...this.state, ...part };
    this.host.setState(this.state);
  }

  private choose(): void {
    this.host.postMessage({ type: 'choose' });
  }

  private clear(): void {
    this.paused = false;
    this.shown = null;
    this.view?.dispose();
    this.view = null;
    this.problem.replaceChildren();
  }

  private showLoading(title: string, read?: Read): void {
    if (this.loading?.title !== title || !this.loading.element.isConnected) {
      this.clear();
      this.loading = new LoadingView(title, () => this.host.postMessage({ type: 'stop' }));
      this.main.replaceChildren(this.loading.element);
    }
    if (read) this.loading.update(read);
  }

  /** What was read stays; without anything read, the way out is all there is. */
  private showProblem(text: string): void {
    const again = button(l10n.t('Choose another log…'), () => this.choose(), { primary: !this.shown });
    this.problem.replaceChildren(el('p', {}, text), again);
    if (!this.shown) this.main.replaceChildren();
  }
}
