import * as l10n from '@vscode/l10n';
import type {
  CurvePart,
  DismissedFinding,
  OfferedFix,
  RunSnapshot,
  SinceBefore,
  ToWebview,
} from '../src/protocol';
import { ChartsView } from './chartsView';
import type { Exported } from './chartExports';
import { axisTitle, naturalAxis, possibleAxes, xOf } from './axes';
import { anyPositive, type Curve, type Curves } from './curves';
import type { RunOnPage } from './comparison';
import { CompareView } from './compareView';
import { el } from './dom';
import { findingTitle } from './findingTitle';
import { FindingsView, leading } from './findingsView';
import { groupCurves } from './groups';
import { isolated, toggled } from './hiding';
import { hasEnded, headerView, type Heading } from './headerView';
import { Keyed } from './keyed';
import { logPlaceOfFinding, type LogPlace } from './logPlace';
import type { RunLook, Theme } from './look';
import { Looks } from './looks';
import { Pulse } from './pulse';
import { RemediesView } from './remediesView';
import { SinceView } from './sinceView';
import { Toolbar } from './toolbar';
import { spokenVerdict, verdictView, type Judged } from './verdictView';
import type { ViewState } from './viewState';

/** What the page knows of the run it shows. */
export interface ShownRun {
  run: Omit<RunSnapshot, 'series'>;
  curves: Curves;
  fixes: readonly OfferedFix[];
  /** The runs that it is compared with. */
  others: readonly RunOnPage[];
  /** Findings of which the user says that they are not so. */
  dismissed: readonly DismissedFinding[];
  /** What changed since the run before; null where there is none. */
  since: SinceBefore | null;
}

export interface RunEvents {
  /** As it is now, which may not be drawn yet. */
  state(): ViewState;
  change(part: Partial<ViewState>): void;
  reveal(place: LogPlace): void;
  dismiss(finding: DismissedFinding): void;
  restore(id: DismissedFinding['id']): void;
  preview(fix: OfferedFix): void;
  fix(fix: OfferedFix): void;
  learn(technique: OfferedFix['technique']): void;
  format(): void;
  choose(): void;
  compare(): void;
  compareBefore(): void;
  uncompare(path: string): void;
  redraw(): void;
  /** Stops showing what is new, and goes on. */
  pause(): void;
  export(what: Exported): void;
  detail(id: string, request: number, part: CurvePart): void;
}

/** A run on the page, from its title to its remedies. Made once; `draw` changes what changed. */
export class RunView {
  readonly element: HTMLElement;
  private readonly header: Keyed<Heading>;
  private readonly verdict: Keyed<Judged | null>;
  private readonly toolbar: Toolbar;
  private readonly pulse = new Pulse();
  private readonly charts: ChartsView;
  private readonly compare: CompareView;
  private readonly since: SinceView;
  private readonly findings: FindingsView;
  private readonly remedies: RemediesView;
  private readonly live = el('div', { class: 'spoken', attributes: { 'aria-live': 'polite' } });
  private readonly aside: HTMLElement;
  private readonly looks = new Looks();
  private own: readonly Curve[] = [];
  private runs: ReadonlyMap<string, RunLook> = new Map();
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
        reveal: (place) => events.reveal(place),
        export: (what) => events.export(what),
        detail: (id, request, part) => events.detail(id, request, part),
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
    this.since = new SinceView(() => events.compareBefore());
    this.toolbar = new Toolbar(state, {
      change: (part) => {
        if ('axis' in part || 'logX' in part || 'aligned' in part) this.charts.resetZoom();
        events.change(part);
      },
      resetZoom: () => this.charts.resetZoom(),
      choose: () => events.choose(),
      compare: () => events.compare(),
      pause: () => events.pause(),
    });
    this.findings = new FindingsView({
      reveal: (finding) => {
        const place = logPlaceOfFinding(this.own, finding);
        if (place) events.reveal(place);
      },
      show: (id) => this.charts.show(id),
      dismiss: (finding) => events.dismiss(finding),
      restore: (id) => events.restore(id),
    });
    this.remedies = new RemediesView({
      preview: (fix) => events.preview(fix),
      apply: (fix) => events.fix(fix),
      learn: (technique) => events.learn(technique),
    });
    this.aside = el('aside', {}, this.findings.element, this.remedies.element);
    const body = el('div', { class: 'body' }, this.charts.element, this.aside);
    this.element = el(
      'div',
      {},
      el('div', { class: 'top' }, header, this.pulse.element),
      verdict,
      this.since.element,
      this.toolbar.element,
      this.compare.element,
      body,
      this.live,
    );
  }

  draw(
    { run, curves: own, fixes, others, dismissed, since }: ShownRun,
    state: ViewState,
    theme: Theme,
    paused: boolean,
  ): void {
    const { summary, skipped, context, recognition, assessment } = run;
    const diagnosis = assessment?.diagnosis ?? null;
    const lead = diagnosis && leading(diagnosis);
    const denied = dismissed.find(({ id }) => id === lead?.id) ?? null;
    const disputed = denied && { ...denied, title: findingTitle(denied.id, assessment) };
    const judged = assessment && {
      since: summary.since,
      disputed,
      verdict: assessment.diagnosis.verdict,
      severity: lead?.severity ?? null,
      ended: hasEnded(summary.state),
      scope: assessment.diagnosis.scope ?? null,
      othersFaint: assessment.diagnosis.judged !== undefined,
      incidents: assessment.diagnosis.incidents,
      stopping: assessment.diagnosis.stopping,
      backend: assessment.backend,
      lastLines: assessment.lastLines ?? [],
    };
    const { title, path, state: stands, format, points } = summary;
    const about = { title, path, state: stands, format, points };
    this.header.show([{ key: 'run', item: { summary: about, skipped, context, recognition } }]);
    this.pulse.update(summary, paused);
    this.verdict.show([{ key: 'verdict', item: judged }]);
    this.since.update(since);
    this.findings.update(assessment, dismissed);
    this.remedies.update(assessment?.remedies ?? [], assessment?.others ?? [], fixes, disputed !== null);
    this.aside.hidden = this.findings.element.hidden && this.remedies.element.hidden;
    this.speakNewVerdict(diagnosis && spokenVerdict(diagnosis.verdict), diagnosis?.verdict.label ?? null);
    const main = { about: { ...run.summary, problem: null }, run, curves: own };
    const all = [main, ...others];
    this.own = own.all;
    const curves = all.flatMap((one) => one.curves?.all ?? []);
    this.runs = this.looks.runs(all, state, theme);
    this.compare.update(all, this.runs, state.allSettings);
    const groups = groupCurves(curves);
    const placed = groups.filter(({ isSetting }) => !isSetting).flatMap((group) => group.curves);
    const axes = possibleAxes(placed);
    const axis = state.axis !== null && axes.includes(state.axis) ? state.axis : naturalAxis(placed);
    const named = axes.map((value) => ({
      value,
      text: value === 'time' ? l10n.t('wall time') : axisTitle(placed, value),
    }));
    const logY = groups.some((group) => anyPositive(group.curves));
    const logX = curves.some((curve) => (xOf(curve, axis).at(-1) ?? 0) > 0);
    const align = this.runs.size > 0 && axis !== 'time';
    this.toolbar.update(named, axis, { logY, logX, align });
    this.toolbar.offerPause(paused, summary.state === 'running');
    const open = (diagnosis?.findings ?? [])
      .filter(({ id }) => !dismissed.some((one) => one.id === id))
      .map((finding) => ({
        ...finding,
        title: findingTitle(finding.id, assessment),
        decidedBy: own.all[finding.series[0] ?? -1]?.info.split ?? null,
      }));
    const look = this.looks.of(state, axis, theme, diagnosis?.judged ?? null);
    this.charts.update(groups, open, look, state.asTable);
  }

  /** More points of the part that is looked at. */
  hearDetail(message: Extract<ToWebview, { type: 'detail' }>): void {
    this.charts.hear(message);
  }

  dispose(): void {
    this.charts.dispose();
    this.pulse.dispose();
    this.element.remove();
  }

  /** A verdict that turns while the page is read is told; the numbers in it change too often to be. */
  private speakNewVerdict(text: string | null, label: string | null): void {
    if (text !== null && this.verdictBefore !== null && label !== this.verdictBefore)
      this.live.textContent = text;
    this.verdictBefore = label;
  }
}
