import type { OfferedFix, RunSnapshot } from '../src/protocol';
import { ChartsView } from './chartsView';
import { axisTitle, extentOf, naturalAxis, possibleAxes } from './axes';
import { anyPositive, type Curves } from './curves';
import { el } from './dom';
import { FindingsView } from './findingsView';
import { groupCurves } from './groups';
import { headerView, type Heading } from './headerView';
import { Keyed } from './keyed';
import type { Look, Theme } from './look';
import { RemediesView } from './remediesView';
import { Toolbar } from './toolbar';
import { spokenVerdict, verdictView, type Judged } from './verdictView';
import type { ViewState, XAxis } from './viewState';

/** What the page knows of the run it shows. */
export interface ShownRun {
  run: Omit<RunSnapshot, 'series'>;
  curves: Curves;
  fixes: readonly OfferedFix[];
}

export interface RunEvents {
  change(part: Partial<ViewState>): void;
  reveal(line: number): void;
  fix(fix: OfferedFix): void;
  format(): void;
  choose(): void;
  redraw(): void;
}

/** A run on the page, from its title to its remedies. Made once; `draw` changes what changed. */
export class RunView {
  readonly element: HTMLElement;
  private readonly header: Keyed<Heading>;
  private readonly verdict: Keyed<Judged | null>;
  private readonly toolbar: Toolbar;
  private readonly charts: ChartsView;
  private readonly findings: FindingsView;
  private readonly remedies: RemediesView;
  private readonly live = el('div', { class: 'spoken', attributes: { 'aria-live': 'polite' } });
  private readonly aside: HTMLElement;
  private look: Look | null = null;
  private lookedAt: ViewState | null = null;
  private verdictBefore: string | null = null;

  constructor(
    state: ViewState,
    private readonly events: RunEvents,
  ) {
    const say = (text: string): void => void (this.live.textContent = text);
    const toggle = (id: string): void => this.toggle(id);
    const [header, verdict] = [el('div'), el('div')];
    this.header = new Keyed(header, (heading) => headerView(heading, () => events.format()));
    this.verdict = new Keyed(verdict, verdictView);
    this.charts = new ChartsView({ toggle, say, reveal: (line) => events.reveal(line) }, () =>
      events.redraw(),
    );
    this.toolbar = new Toolbar(state, {
      change: (part) => {
        if ('axis' in part || 'logX' in part) this.charts.resetZoom();
        events.change(part);
      },
      resetZoom: () => this.charts.resetZoom(),
      choose: () => events.choose(),
    });
    this.findings = new FindingsView((line) => events.reveal(line));
    this.remedies = new RemediesView((fix) => events.fix(fix));
    this.aside = el('aside', {}, this.findings.element, this.remedies.element);
    const body = el('div', { class: 'body' }, this.charts.element, this.aside);
    this.element = el('div', {}, header, verdict, this.toolbar.element, body, this.live);
  }

  draw({ run, curves, fixes }: ShownRun, state: ViewState, theme: Theme): void {
    const { summary, skipped, context, recognition, assessment } = run;
    const diagnosis = assessment?.diagnosis ?? null;
    const judged = assessment && {
      verdict: assessment.diagnosis.verdict,
      incidents: assessment.diagnosis.incidents,
      stopping: assessment.diagnosis.stopping,
      backend: assessment.backend,
    };
    this.header.show([{ key: 'run', item: { summary, skipped, context, recognition } }]);
    this.verdict.show([{ key: 'verdict', item: judged }]);
    this.findings.update(diagnosis);
    this.remedies.update(assessment?.remedies ?? [], fixes);
    this.aside.hidden = this.findings.element.hidden && this.remedies.element.hidden;
    this.speakNewVerdict(diagnosis && spokenVerdict(diagnosis.verdict), diagnosis?.verdict.label ?? null);
    const groups = groupCurves(curves.all);
    const axes = possibleAxes(curves.all);
    const axis = state.axis !== null && axes.includes(state.axis) ? state.axis : naturalAxis(curves.all);
    const named = axes.map((value) => ({
      value,
      text: value === 'time' ? 'wall time' : axisTitle(curves.all, value),
    }));
    const logY = groups.some((group) => anyPositive(group.curves));
    this.toolbar.update(named, axis, { logY, logX: extentOf(curves.all, axis).max > 0 });
    this.charts.update(groups, diagnosis?.findings ?? [], this.lookFor(state, axis, theme), state.asTable);
  }

  dispose(): void {
    this.charts.dispose();
    this.element.remove();
  }

  /** The same object as long as nothing of it changed: charts compare it to see whether to draw. */
  private lookFor(state: ViewState, axis: XAxis, theme: Theme): Look {
    const before = this.look;
    if (before && this.lookedAt === state && before.axis === axis && before.theme === theme) return before;
    const { smoothing, logScale, logX, hidden } = state;
    this.lookedAt = state;
    this.look = { axis, smoothing, logScale, logX, hidden: new Set(hidden), theme };
    return this.look;
  }

  private toggle(id: string): void {
    const hidden = this.lookedAt?.hidden ?? [];
    this.events.change({
      hidden: hidden.includes(id) ? hidden.filter((name) => name !== id) : [...hidden, id],
    });
  }

  /** A verdict that turns while the page is read is told; the numbers in it change too often to be. */
  private speakNewVerdict(text: string | null, label: string | null): void {
    if (text !== null && this.verdictBefore !== null && label !== this.verdictBefore)
      this.live.textContent = text;
    this.verdictBefore = label;
  }
}
