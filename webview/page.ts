import type { OfferedFix, RunSnapshot, ToWebview } from '../src/protocol';
import { PROTOCOL_VERSION, type FromWebview } from '../src/protocol';
import { ChartsView } from './chartsView';
import type { Look } from './chart';
import { Curves, naturalAxis, possibleAxes } from './curves';
import { el, replaceChildren } from './dom';
import { groupCurves } from './groups';
import { remediesView } from './remediesView';
import { readTheme, watchTheme } from './theme';
import { toolbar } from './toolbar';
import { findingsView, headerView, verdictView } from './verdictView';
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
  private run: RunSnapshot | null = null;
  private curves: Curves | null = null;
  private fixes: readonly OfferedFix[] = [];
  private theme = readTheme();
  private drawing = false;
  private readonly openDetails = new Set<string>();
  private readonly charts: ChartsView;
  private readonly parts = {
    problem: el('div', { class: 'problem', attributes: { role: 'alert' } }),
    header: el('div'),
    verdict: el('div'),
    toolbar: el('div'),
    findings: el('aside'),
    live: el('div', { class: 'spoken', attributes: { 'aria-live': 'polite' } }),
  };

  constructor(
    private readonly root: HTMLElement,
    private readonly host: Host,
  ) {
    this.state = readState(host.getState());
    const reveal = (line: number): void => host.postMessage({ type: 'reveal', line });
    this.charts = new ChartsView(
      { toggle: (id) => this.toggle(id), say: (text) => (this.parts.live.textContent = text), reveal },
      () => this.draw(),
    );
    this.showLoading('');
    watchTheme(() => {
      this.theme = readTheme();
      this.draw();
    });
    host.postMessage({ type: 'ready', version: PROTOCOL_VERSION });
  }

  hear(message: ToWebview): void {
    switch (message.type) {
      case 'loading':
        this.showLoading(message.title);
        return;
      case 'problem':
        this.showProblem(message.message);
        return;
      case 'snapshot':
        this.take(message.run, message.fixes);
        return;
      case 'append':
        if (this.run && this.curves && message.generation === this.run.generation) {
          this.run = { ...this.run, summary: message.summary };
          this.curves.append(message.series);
          this.draw();
        }
        return;
      case 'assessed':
        if (this.run) {
          this.run = { ...this.run, summary: message.summary, assessment: message.assessment };
          this.fixes = message.fixes;
          this.draw();
        }
        return;
      default:
        return message satisfies never;
    }
  }

  private take(run: RunSnapshot, fixes: readonly OfferedFix[]): void {
    const other = this.run?.summary.id !== run.summary.id;
    this.run = run;
    this.fixes = fixes;
    this.curves = new Curves(run);
    this.save({
      path: run.summary.path,
      ...(other && this.state.path !== run.summary.path ? { hidden: [] } : {}),
    });
    replaceChildren(this.parts.problem);
    if (other) this.charts.dispose();
    this.drawToolbar();
    const { problem, header, verdict, toolbar, findings, live } = this.parts;
    const body = el('div', { class: 'body' }, this.charts.element, findings);
    if (other || !this.charts.element.isConnected) {
      replaceChildren(this.root, problem, header, verdict, toolbar, body, live);
    }
    this.draw();
  }

  /** Draws at most once a frame, however many messages came. */
  private draw(): void {
    if (this.drawing) return;
    this.drawing = true;
    requestAnimationFrame(() => {
      this.drawing = false;
      this.drawNow();
    });
  }

  private drawNow(): void {
    const { run, curves } = this;
    if (!run || !curves) return;
    const reveal = (line: number): void => this.host.postMessage({ type: 'reveal', line });
    const findings = run.assessment?.diagnosis.findings ?? [];
    replaceChildren(this.parts.header, headerView(run.summary, run.skipped));
    replaceChildren(this.parts.verdict, verdictView(run.assessment));
    const apply = ({ technique, kind }: OfferedFix): void =>
      this.host.postMessage({ type: 'fix', technique, kind });
    const remedies = run.assessment?.remedies ?? [];
    replaceChildren(
      this.parts.findings,
      run.assessment && findingsView(run.assessment.diagnosis, reveal),
      remediesView(remedies, this.fixes, apply, this.openDetails),
    );
    const groups = groupCurves(curves.all);
    this.charts.update(groups, findings, this.look(), this.state.asTable);
  }

  private look(): Look {
    const { smoothing, logScale, hidden } = this.state;
    return { axis: this.axis(), smoothing, logScale, hidden: new Set(hidden), theme: this.theme };
  }

  /** The chosen axis where the run has it, else what fits the run. */
  private axis(): Look['axis'] {
    const curves = this.curves?.all ?? [];
    const { axis } = this.state;
    return axis !== null && possibleAxes(curves).includes(axis) ? axis : naturalAxis(curves);
  }

  private drawToolbar(): void {
    const bar = toolbar(this.state, possibleAxes(this.curves?.all ?? []), this.axis(), {
      change: (part) => {
        this.save(part);
        if ('axis' in part) this.charts.resetZoom();
        this.draw();
      },
      resetZoom: () => this.charts.resetZoom(),
      choose: () => this.host.postMessage({ type: 'choose' }),
    });
    // A slider in use must not be taken away under the hand.
    if (!this.parts.toolbar.contains(document.activeElement)) replaceChildren(this.parts.toolbar, bar);
  }

  private toggle(id: string): void {
    const { hidden } = this.state;
    this.save({ hidden: hidden.includes(id) ? hidden.filter((name) => name !== id) : [...hidden, id] });
    this.draw();
  }

  private save(part: Partial<ViewState>): void {
    this.state = { ...this.state, ...part };
    this.host.setState(this.state);
  }

  private showLoading(title: string): void {
    this.run = null;
    this.curves = null;
    this.charts.dispose();
    replaceChildren(
      this.root,
      el('p', { class: 'muted', attributes: { role: 'status' } }, `Reading ${title} …`),
    );
  }

  private showProblem(text: string): void {
    const again = el(
      'button',
      {
        class: 'link',
        attributes: { type: 'button' },
        on: { click: () => this.host.postMessage({ type: 'choose' }) },
      },
      'Choose another log…',
    );
    replaceChildren(this.parts.problem, el('p', {}, text, ' ', again));
    if (!this.run) replaceChildren(this.root, this.parts.problem);
  }
}
