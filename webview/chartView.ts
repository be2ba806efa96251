import type { Finding } from '../src/analysis/diagnosis';
import { createChart, curveId, updateChart, type LineChart, type Look } from './chart';
import { curveTitle, type Curve } from './curves';
import { brief, el } from './dom';
import type { Group } from './groups';
import { drivableChart } from './keyboard';

export interface ChartEvents {
  toggle(curve: string): void;
  range(min: number, max: number): void;
  say(text: string): void;
  reveal(line: number): void;
}

/** One chart with its heading and legend. */
export class ChartView {
  readonly element: HTMLElement;
  private readonly chart: LineChart;
  private readonly legend = el('div', { class: 'legend' });
  private readonly frame: HTMLElement;
  private group: Group;
  private look: Look;

  constructor(
    group: Group,
    look: Look,
    private readonly events: ChartEvents,
  ) {
    this.group = group;
    this.look = look;
    const canvas = el('canvas');
    this.frame = el('div', { class: 'frame', attributes: { tabindex: '0', role: 'application' } }, canvas);
    const heading = el('h3', {}, group.name);
    this.element = el('section', { class: 'chart' }, el('header', {}, heading, this.legend), this.frame);
    this.chart = createChart(canvas, (min, max) => events.range(min, max));
    drivableChart(
      this.frame,
      this.chart,
      () => ({ group: this.group, axis: this.look.axis, shown: this.shown() }),
      (text) => events.say(text),
      (line) => events.reveal(line),
    );
    this.frame.addEventListener('dblclick', () => this.revealAt());
  }

  update(group: Group, findings: readonly Finding[], look: Look): void {
    this.group = group;
    this.look = look;
    updateChart(this.chart, group, findings, look);
    this.drawLegend();
    const latest = group.curves.map(
      (curve) => `${curveTitle(curve)} ${brief(curve.values.at(-1) ?? Number.NaN)}`,
    );
    this.frame.setAttribute(
      'aria-label',
      `${group.name}: ${latest.join(', ')}. Arrow keys move along the points, Enter shows the line of the log.`,
    );
  }

  /** Shows only this part of the x axis; both undefined: everything. */
  zoomTo(min: number | undefined, max: number | undefined): void {
    Object.assign(this.chart.options.scales!['x']!, { min, max });
    this.chart.update('none');
  }

  dispose(): void {
    this.chart.destroy();
    this.element.remove();
  }

  private shown(): Curve[] {
    return this.group.curves.filter((curve) => !this.look.hidden.has(curveId(curve)));
  }

  private drawLegend(): void {
    const items = this.group.curves.map((curve) => {
      const id = curveId(curve);
      const role = curve.info.split ?? 'other';
      const text = `${curveTitle(curve)} ${brief(curve.values.at(-1) ?? Number.NaN)}`;
      return el(
        'button',
        {
          class: `key ${role}`,
          title: `${curve.info.key}: show or hide`,
          attributes: { 'aria-pressed': String(!this.look.hidden.has(id)), type: 'button' },
          on: { click: () => this.events.toggle(id) },
        },
        el('span', { class: 'swatch', attributes: { 'aria-hidden': 'true' } }),
        text,
      );
    });
    // The focus must survive a redraw: while training goes on there are several a second.
    const focused = [...this.legend.children].indexOf(document.activeElement as Element);
    this.legend.replaceChildren(...items);
    if (focused >= 0) items[focused]?.focus();
  }

  private revealAt(): void {
    const [active] = this.chart.getActiveElements();
    const label = active && this.chart.data.datasets[active.datasetIndex]?.label;
    const curve = this.shown().find((one) => curveTitle(one) === label);
    const line = active && curve?.lines[active.index];
    if (line !== undefined && Number.isFinite(line)) this.events.reveal(line);
  }
}
