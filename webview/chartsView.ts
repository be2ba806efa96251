import type { Finding } from '../src/analysis/diagnosis';
import type { Look } from './chart';
import { ChartView, type ChartEvents } from './chartView';
import { button } from './controls';
import { el } from './dom';
import { SHOWN, type Group } from './groups';
import { tableView } from './tableView';

/** All charts of the run: made when they are first needed, updated in place, zoomed together. */
export class ChartsView {
  readonly element = el('div', { class: 'charts' });
  private readonly charts = new Map<string, ChartView>();
  private all = false;
  private shape = '';

  constructor(
    private readonly events: Omit<ChartEvents, 'range'>,
    private readonly redraw: () => void,
  ) {}

  update(groups: readonly Group[], findings: readonly Finding[], look: Look, asTable: boolean): void {
    const shown = this.all ? groups : groups.slice(0, SHOWN);
    if (asTable) {
      this.dispose();
      this.element.replaceChildren(...shown.map(tableView), ...this.moreButton(groups, shown));
      return;
    }
    const names = shown.map(({ name }) => name).join('\u0000');
    for (const group of shown) {
      const chart = this.charts.get(group.name) ?? new ChartView(group, look, this.chartEvents());
      this.charts.set(group.name, chart);
    }
    if (names !== this.shape) {
      this.shape = names;
      const charts = shown.map(({ name }) => this.charts.get(name)!.element);
      this.element.replaceChildren(...charts, ...this.moreButton(groups, shown));
    }
    for (const group of shown) this.charts.get(group.name)!.update(group, findings, look);
  }

  resetZoom(): void {
    this.zoomAll(undefined, undefined);
  }

  dispose(): void {
    for (const chart of this.charts.values()) chart.dispose();
    this.charts.clear();
    this.shape = '';
    this.element.replaceChildren();
  }

  private chartEvents(): ChartEvents {
    return { ...this.events, range: (min, max) => this.zoomAll(min, max) };
  }

  private zoomAll(min: number | undefined, max: number | undefined): void {
    for (const chart of this.charts.values()) chart.zoomTo(min, max);
  }

  private moreButton(groups: readonly Group[], shown: readonly Group[]): HTMLElement[] {
    const rest = groups.length - shown.length;
    if (rest === 0) return [];
    const show = (): void => {
      this.all = true;
      this.shape = '';
      this.redraw();
    };
    return [el('p', { class: 'more-charts' }, button(`Show ${rest} More Curves`, show))];
  }
}
