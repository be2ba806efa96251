import type { DismissedFinding, OfferedFix, RunSnapshot } from '../src/protocol';
import { ChartsView } from './chartsView';
import type { Exported } from './chartView';
import { axisTitle, extentOf, naturalAxis, possibleAxes } from './axes';
import { anyPositive, type Curves } from './curves';
import { shortNames, type RunOnPage } from './comparison';
import { CompareView } from './compareView';
import { el } from './dom';
import { FindingsView, leading } from './findingsView';
import { groupCurves } from './groups';
import { headerView, type Heading } from './headerView';
import { Keyed } from './keyed';
import type { Look, RunLook, Theme } from './look';
import { RemediesView } from './remediesView';
import { Toolbar } from './toolbar';
import { spokenVerdict, verdictView, type Judged } from './verdictView';
import type { ViewState, XAxis } from './viewState';

/** What the page knows of the run it shows. */
export interface ShownRun {
  run: Omit<RunSnapshot, 'series'>;
  curves: Curves;
  fixes: readonly OfferedFix[];
  /** The runs that it is compared with. */
  others: readonly RunOnPage[];
  /** Findings of which the user says that they are not so. */
  dismissed: readonly DismissedFinding[];
}

export interface RunEvents {
  /** As it is now, which may not be drawn yet. */
  state(): ViewState;
  change(part: Partial<ViewState>): void;
  reveal(line: number): void;
  dismiss(finding: DismissedFinding): void;
  restore(id: DismissedFinding['id']): void;
  fix(fix: OfferedFix): void;
  learn(technique: OfferedFix['technique']): void;
  format(): void;
  choose(): void;
  compare(): void;
  uncompare(path: string): void;
  redraw(): void;
  export(what: Exported): void;
}

/** A run on the page, from its title to its remedies. Made once; `draw` changes what changed. */
export class RunView {
  readonly element: HTMLElement;
  private readonly header: Keyed<Heading>;
  private readonly verdict: Keyed<Judged | null>;
  private readonly toolbar: Toolbar;
  private readonly charts: ChartsView;
  private readonly compare: CompareView;
  private readonly findings: FindingsView;
  private readonly remedies: RemediesView;
  private readonly live = el('div', { class: 'spoken', attributes: { 'aria-live': 'polite' } });
  private readonly aside: HTMLElement;
  private look: Look | null = null;
  private runs: ReadonlyMap<string, RunLook> = new Map();
  private runsSignature = '';
  private lookedAt: ViewState | null = null;
  private verdictBefore: string | null = null;

  constructor(state: ViewState, events: RunEvents) {
    const say = (text: string): void => void (this.live.textContent = text);
    const [header, verdict] = [el('div'), el('div')];
    this.header = new Keyed(header, (heading) => headerView(heading, () => events.format()));
    this.verdict = new Keyed(verdict, verdictView);
    const change = (part: Partial<ViewState>): void => events.change(part);
    this.charts = new ChartsView(
      {
        toggle: (ids) => change({ hidden: toggled(events.state().hidden, ids) }),
        isolate: (ids, all) => change({ hidden: isolated(events.state().hidden, ids, all) }),
        say,
        reveal: (line) => events.reveal(line),
        export: (what) => events.export(what),
      },
      () => events.redraw(),
    );
    this.compare = new CompareView(state.allSettings, {
      toggle: (path) => change({ hiddenRuns: toggled(events.state().hiddenRuns, [path]) }),
      isolate: (path) =>
        change({ hiddenRuns: isolated(events.state().hiddenRuns, [path], [...this.runs.keys()]) }),
      remove: (path) => events.uncompare(path),
      allSettings: (allSettings) => change({ allSettings }),
    });
    this.toolbar = new Toolbar(state, {
      change: (part) => {
        if ('axis' in part || 'logX' in part || 'aligned' in part) this.charts.resetZoom();
        events.change(part);
      },
      resetZoom: () => this.charts.resetZoom(),
      choose: () => events.choose(),
      compare: () => events.compare(),
    });
    this.findings = new FindingsView({
      reveal: ({ onset }) => onset?.line && events.reveal(onset.line),
      dismiss: (finding) => events.dismiss(finding),
      restore: (id) => events.restore(id),
    });
    this.remedies = new RemediesView({
      apply: (fix) => events.fix(fix),
      learn: (technique) => events.learn(technique),
    });
    this.aside = el('aside', {}, this.findings.element, this.remedies.element);
    const body = el('div', { class: 'body' }, this.charts.element, this.aside);
    this.element = el(
      'div',
      {},
      header,
      verdict,
      this.toolbar.element,
      this.compare.element,
      body,
      this.live,
    );
  }

  draw({ run, curves: own, fixes, others, dismissed }: ShownRun, state: ViewState, theme: Theme): void {
    const { summary, skipped, context, recognition, assessment } = run;
    const diagnosis = assessment?.diagnosis ?? null;
    const lead = diagnosis && leading(diagnosis);
    const disputed = dismissed.find(({ id }) => id === lead?.id) ?? null;
    const judged = assessment && {
      disputed,
      verdict: assessment.diagnosis.verdict,
      incidents: assessment.diagnosis.incidents,
      stopping: assessment.diagnosis.stopping,
      backend: assessment.backend,
    };
    this.header.show([{ key: 'run', item: { summary, skipped, context, recognition } }]);
    this.verdict.show([{ key: 'verdict', item: judged }]);
    this.findings.update(assessment, dismissed);
    this.remedies.update(assessment?.remedies ?? [], fixes);
    this.aside.hidden = this.findings.element.hidden && this.remedies.element.hidden;
    this.speakNewVerdict(diagnosis && spokenVerdict(diagnosis.verdict), diagnosis?.verdict.label ?? null);
    const main = { about: { ...run.summary, problem: null }, run, curves: own };
    const all = [main, ...others];
    const curves = all.flatMap((one) => one.curves?.all ?? []);
    this.runs = this.runLooks(others.length > 0 ? all : [], state, theme);
    this.compare.update(all, this.runs, state.allSettings);
    const groups = groupCurves(curves);
    const axes = possibleAxes(curves);
    const axis = state.axis !== null && axes.includes(state.axis) ? state.axis : naturalAxis(curves);
    const named = axes.map((value) => ({
      value,
      text: value === 'time' ? 'wall time' : axisTitle(curves, value),
    }));
    const logY = groups.some((group) => anyPositive(group.curves));
    const align = this.runs.size > 0 && axis !== 'time';
    this.toolbar.update(named, axis, { logY, logX: extentOf(curves, axis).max > 0, align });
    const open = (diagnosis?.findings ?? []).filter(({ id }) => !dismissed.some((one) => one.id === id));
    this.charts.update(groups, open, this.lookFor(state, axis, theme), state.asTable);
  }

  dispose(): void {
    this.charts.dispose();
    this.element.remove();
  }

  /** The same object as long as nothing of it changed: charts compare it to see whether to draw. */
  private lookFor(state: ViewState, axis: XAxis, theme: Theme): Look {
    const before = this.look;
    const { runs } = this;
    if (before && this.lookedAt === state && before.axis === axis && before.theme === theme)
      if (before.runs === runs) return before;
    const { smoothing, logScale, logX, hidden } = state;
    const aligned = state.aligned && runs.size > 0;
    this.lookedAt = state;
    this.look = { axis, smoothing, logScale, logX, hidden: new Set(hidden), runs, aligned, theme };
    return this.look;
  }

  /** The same object as long as nothing of it changed. */
  private runLooks(
    all: readonly RunOnPage[],
    { colours, hiddenRuns }: ViewState,
    { runs: palette }: Theme,
  ): ReadonlyMap<string, RunLook> {
    const names = all.length > 0 ? shortNames(all.map(({ about }) => about.title)) : [];
    const looks = all.map(({ about: { path } }, i): [string, RunLook] => {
      const colour = palette[(colours[path] ?? i) % palette.length]!;
      return [path, { title: names[i]!, colour, hidden: hiddenRuns.includes(path) }];
    });
    const signature = JSON.stringify(looks);
    if (signature === this.runsSignature) return this.runs;
    this.runsSignature = signature;
    return new Map(looks);
  }

  /** A verdict that turns while the page is read is told; the numbers in it change too often to be. */
  private speakNewVerdict(text: string | null, label: string | null): void {
    if (text !== null && this.verdictBefore !== null && label !== this.verdictBefore)
      this.live.textContent = text;
    this.verdictBefore = label;
  }
}

/** All of `ids` shown, or hidden where any of them is shown. */
function toggled(hidden: readonly string[], ids: readonly string[]): string[] {
  const others = hidden.filter((id) => !ids.includes(id));
  return ids.every((id) => hidden.includes(id)) ? others : [...others, ...ids];
}

/** Of `all` only `ids` shown; all, where that is so already. */
function isolated(hidden: readonly string[], ids: readonly string[], all: readonly string[]): string[] {
  const rest = all.filter((id) => !ids.includes(id));
  const alone = rest.every((id) => hidden.includes(id)) && !ids.some((id) => hidden.includes(id));
  const elsewhere = hidden.filter((id) => !all.includes(id));
  return alone ? elsewhere : [...elsewhere, ...rest];
}
