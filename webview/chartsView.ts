import * as l10n from '@vscode/l10n';
import type { CurvePart, ToWebview } from '../src/protocol';
import type { Range } from './chartOptions';
import { ChartView, type ChartEvents } from './chartView';
import { constantsAmong, ConstantsView } from './constantsView';
import { button } from './controls';
import { extentOf } from './axes';
import { Details } from './details';
import { el } from './dom';
import { chosenFirst, findingSpan } from './findingSpan';
import type { NamedFinding } from './findingTitle';
import { SHOWN, type Group } from './groups';
import { arrange, giveBack } from './keyed';
import { isShown, type Look } from './look';
import { decidingCurve } from './marks';
import { TableView } from './tableView';

/** What was drawn last. */
interface Latest {
  groups: readonly Group[];
  findings: readonly NamedFinding[];
  look: Look;
}

/** A range moved and cut so that it does not reach beyond another; null where it is all of that. */
export function within(range: Range, { min, max }: Range): Range | null {
  const width = range.max - range.min;
  if (width >= max - min) return null;
  const from = Math.min(Math.max(range.min, min), max - width);
  return { min: from, max: from + width };
}

/** All charts of the run: made when they are first needed, updated in place, zoomed together. */
export class ChartsView {
  readonly element = el('div', { class: 'charts' });
  private readonly charts = new Map<string, ChartView>();
  private readonly tables = new Map<string, TableView>();
  private readonly more = el('p', { class: 'more-charts' });
  private readonly moreButton = button('', () => this.showAll());
  private readonly sight = new IntersectionObserver((seen) => this.see(seen), { rootMargin: '200px' });
  private range: Range | null = null;
  private latest: Latest | null = null;
  private all = false;
  /** Names of constant groups whose charts the user wants. */
  private readonly opened = new Set<string>();
  private readonly constants = new ConstantsView((name) => this.toggle(name));

  /** The finding that the user looks at. */
  private chosen: NamedFinding['id'] | null = null;
  /** Name of the group that is to come into sight. */
  private goal: string | null = null;
  private readonly details: Details;

  constructor(
    private readonly events: Omit<ChartEvents, 'range' | 'reset'> & {
      /** More points of a part of a run's curves are wanted. */
      detail(id: string, request: number, part: CurvePart): void;
    },
    private readonly redraw: () => void,
  ) {
    this.details = new Details((id, request, part) => events.detail(id, request, part), redraw);
    this.more.append(this.moreButton);
  }

  update(groups: readonly Group[], all: readonly NamedFinding[], look: Look, asTable: boolean): void {
    this.latest = { groups, findings: all, look };
    const findings = chosenFirst(all, this.chosen);
    const constants = asTable ? [] : constantsAmong(groups, findings);
    const folded = new Set(constants.map(({ group }) => group).filter(({ name }) => !this.opened.has(name)));
    const charted = groups.filter((group) => !folded.has(group));
    const shown = charted.filter(({ name }, i) => this.all || i < SHOWN || this.opened.has(name));
    this.forget(new Set(shown.map(({ name }) => name)), asTable);
    const views = shown.map((group) => (asTable ? this.table(group) : this.chart(group, findings, look)));
    this.constants.update(constants, this.opened);
    const rest = charted.length - shown.length;
    const label = rest === 1 ? l10n.t('Show 1 More Curve') : l10n.t('Show {0} More Curves', rest);
    if (this.moreButton.textContent !== label) this.moreButton.textContent = label;
    const focused = document.activeElement;
    arrange(this.element, [
      ...views.map(({ element }) => element),
      ...(constants.length > 0 ? [this.constants.element] : []),
      ...(rest > 0 ? [this.more] : []),
    ]);
    if (focused instanceof HTMLElement && this.element.contains(focused)) giveBack(focused, this.element);
    const { axis, aligned, logX: log } = look;
    const curves = shown.flatMap((group) => group.curves).filter((curve) => isShown(curve, look));
    const widths = views.map((view) => (view instanceof ChartView ? view.columns : 0));
    const columns = Math.max(1, ...widths);
    this.details.look({ curves, range: asTable ? null : this.range, axis, aligned, log, columns });
    // Charts measure themselves when they are drawn: they must be in the page by then.
    shown.forEach((group, i) => {
      const view = views[i]!;
      if (view instanceof ChartView) view.update(group, findings, look, this.range);
      else view.update(group, look);
    });
    const goal = views[shown.findIndex(({ name }) => name === this.goal)];
    this.goal = null;
    if (!goal) return;
    goal.element.scrollIntoView({ block: 'nearest' });
    if (goal instanceof ChartView) goal.focus();
  }

  /** Looks at a finding: its chart comes into sight, with the part of all charts where it happens, shaded. */
  show(id: NamedFinding['id']): void {
    const finding = this.latest?.findings.find((one) => one.id === id);
    if (!this.latest || !finding) return;
    const { groups, look } = this.latest;
    // The curve that decided it is the first of its own, whatever chart stands first.
    const [index] = finding.series;
    const decided = groups.find((one) => decidingCurve(one, { ...finding, series: [index ?? -1] }));
    const group = decided ?? groups.find((one) => decidingCurve(one, finding));
    const curve = group && decidingCurve(group, finding);
    if (!curve) return;
    this.chosen = id;
    this.goal = group.name;
    if (!this.charts.has(group.name)) this.opened.add(group.name);
    for (const chart of this.charts.values()) chart.resetHeight();
    this.zoom(findingSpan(finding, curve, look, this.extent().max));
  }

  resetZoom(): void {
    for (const chart of this.charts.values()) chart.resetHeight();
    this.zoom(null);
  }

  /** More points of the part that is looked at. */
  hear(message: Extract<ToWebview, { type: 'detail' }>): void {
    this.details.hear(message);
  }

  dispose(): void {
    this.details.dispose();
    this.forget(new Set(), true);
    this.tables.clear();
    this.range = null;
    this.all = false;
    this.opened.clear();
    this.chosen = null;
    this.element.replaceChildren();
  }

  private extent(): Range {
    if (!this.latest) return { min: 0, max: 0 };
    const { groups, look } = this.latest;
    const curves = groups.flatMap((group) => group.curves);
    return extentOf(curves, look.axis, { log: look.logX, aligned: look.aligned });
  }

  private chart(group: Group, findings: readonly NamedFinding[], look: Look): ChartView {
    const known = this.charts.get(group.name);
    if (known) return known;
    const events = {
      ...this.events,
      range: (range: Range | null) => this.zoom(range),
      reset: () => this.resetZoom(),
    };
    const chart = new ChartView(group, findings, look, this.range, events);
    this.charts.set(group.name, chart);
    this.sight.observe(chart.element);
    return chart;
  }

  private table(group: Group): TableView {
    const table = this.tables.get(group.name) ?? new TableView(group);
    this.tables.set(group.name, table);
    return table;
  }

  /** Lets go of the charts that are not shown any more; each costs a canvas. */
  private forget(wanted: ReadonlySet<string>, asTable: boolean): void {
    for (const [name, chart] of this.charts) {
      if (!asTable && wanted.has(name)) continue;
      this.sight.unobserve(chart.element);
      chart.dispose();
      this.charts.delete(name);
    }
    if (!asTable) this.tables.clear();
  }

  /** All charts show the same part of the x axis; one that reaches over all points follows the run again. */
  private zoom(range: Range | null): void {
    const { min, max } = this.extent();
    this.range = range && within(range, { min, max });
    this.redraw();
  }

  private see(seen: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of seen)
      for (const chart of this.charts.values())
        if (chart.element === target) chart.setVisible(isIntersecting);
  }

  private toggle(name: string): void {
    if (!this.opened.delete(name)) this.opened.add(name);
    this.redraw();
  }

  private showAll(): void {
    this.all = true;
    this.redraw();
  }
}
