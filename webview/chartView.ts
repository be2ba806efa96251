import * as l10n from '@vscode/l10n';
import { listed } from '../src/listed';
import type { AnnotationOptions } from 'chartjs-plugin-annotation';
import { placesBeside } from './axes';
import { createChart, dress, type LineChart } from './chart';
import { exportMenu, type Exported } from './chartExports';
import type { Range } from './chartOptions';
import { anyPositive } from './curves';
import { DrawnCurve } from './drawnCurve';
import { el } from './dom';
import type { NamedFinding } from './findingTitle';
import type { Group } from './groups';
import { keepsHeight, redrawHeights } from './heights';
import { drivableChart } from './keyboard';
import { Legend } from './legend';
import { isShown, titleIn, type Look } from './look';
import { logPlaceOf, type LogPlace } from './logPlace';
import { marksFor } from './marks';
import { pictureOf } from './picture';
import { pinnable } from './pin';
import { readableHeight } from './readable';
import { brief, nameOr, tame } from './words';

/** The middle of an axis that has no values: crosses for what is no number still stand where they happened. */
const NOWHERE = 0.5;

/** Of what is not above 0 a log scale shows nothing. */
const LEAST_SHARE = 1e-6;

export interface ChartEvents {
  /** Hides or shows curves, told by their ids. */
  toggle(curves: readonly string[]): void;
  /** Shows of `all` only these; all if they are that already. */
  isolate(curves: readonly string[], all: readonly string[]): void;
  /** Null: everything. */
  range(range: Range | null): void;
  /** Everything, in all charts. */
  reset(): void;
  say(text: string): void;
  reveal(place: LogPlace): void;
  export(what: Exported): void;
}

/** What is drawn now, to see whether a draw would change anything. */
interface Drawn {
  look: Look;
  logY: boolean;
  range: Range | null;
  /** What the y axis shows; null: everything. */
  high: Range | null;
  marks: string;
  annotations: Record<string, AnnotationOptions>;
  curves: readonly DrawnCurve[];
}

/** One chart with its heading and legend. Draws only what changed, and only while it is in sight. */
export class ChartView {
  readonly element: HTMLElement;
  private readonly chart: LineChart;
  private readonly legend: Legend;
  private readonly note = el('span', { class: 'muted note' });
  private readonly frame: HTMLElement;
  private drawn: Drawn | null = null;
  /** The part of the y axis that a box showed; null: everything. */
  private height: Range | null = null;
  private late = false;
  private visible = true;

  constructor(
    private group: Group,
    private findings: readonly NamedFinding[],
    private look: Look,
    private range: Range | null,
    private readonly events: ChartEvents,
  ) {
    const canvas = el('canvas', { attributes: { 'aria-hidden': 'true' } });
    this.frame = el('div', { class: 'frame', attributes: { tabindex: '0', role: 'application' } }, canvas);
    this.legend = new Legend(events);
    const name = nameOr(group.name);
    const heading = el('h3', { title: name }, el('bdi', {}, name));
    const exported = exportMenu(
      name,
      group.name,
      () => pictureOf(this.chart, tame(name), this.look, this.drawn?.annotations ?? {}),
      (what) => events.export(what),
    );
    const header = el('header', {}, heading, this.legend.element, this.note, exported);
    this.element = el('section', { class: 'chart' }, header, this.frame);
    this.chart = createChart(canvas, (shown, height) => {
      this.height = height ?? this.height;
      events.range(shown);
    });
    drivableChart(this.frame, this.chart, {
      now: () => ({ group: this.group, look: this.look, drawn: this.drawn?.curves ?? [] }),
      say: (text) => events.say(text),
      reveal: (place) => events.reveal(place),
      zoom: (shown) => events.range(shown),
      reset: () => events.reset(),
    });
    pinnable(this.frame, this.chart);
    this.frame.addEventListener('dblclick', (event) => this.revealAt(event));
  }

  update(group: Group, findings: readonly NamedFinding[], look: Look, range: Range | null): void {
    Object.assign(this, { group, findings, look, range });
    this.legend.update(group.curves, look);
    this.label();
    if (this.visible) this.draw();
    else this.late = true;
  }

  /** How many pixels of the screen it is wide. */
  get columns(): number {
    return Math.max(1, Math.round(this.frame.clientWidth * devicePixelRatio));
  }

  focus(): void {
    this.frame.focus({ preventScroll: true });
  }

  /** Shows the whole y axis again. */
  resetHeight(): void {
    this.height = null;
  }

  /** Out of sight nothing is drawn; what was missed is drawn on return. */
  setVisible(visible: boolean): void {
    this.visible = visible;
    if (!visible || !this.late) return;
    this.late = false;
    this.draw();
  }

  dispose(): void {
    this.chart.destroy();
    this.element.remove();
  }

  private draw(): void {
    const { group, look, range, height, chart, drawn: before } = this;
    const logY = this.isLog();
    const readable = logY || height ? null : readableHeight(this.closest(), look, range);
    const note = this.noteOnScale(readable);
    if (this.note.textContent !== note) this.note.textContent = note;
    const kept = before?.logY === logY ? before.curves : [];
    const isEmpty = !this.shownCurves().some(({ most }) => Number.isFinite(most));
    const nowhere = isEmpty ? NOWHERE : extremesOf(this.shownCurves())[0];
    let grew = false;
    const curves = this.closest().map((curve) => {
      const one = kept.find((one) => one.curve === curve);
      const more = one?.follow(look, nowhere) ?? null;
      grew ||= more === true;
      return one && more !== null ? one : new DrawnCurve(curve, look, logY, nowhere);
    });
    const annotations = marksFor(group, this.findings, look);
    const marks = JSON.stringify(annotations);
    const same =
      before !== null && curves.length === kept.length && curves.every((one, i) => one === kept[i]);
    const high = height ?? readable ?? (isEmpty ? { min: 0, max: 2 * NOWHERE } : null);
    const moved = before?.range !== range || before.high?.min !== high?.min || before.high?.max !== high?.max;
    const redressed = !same || before.look !== look || before.marks !== marks || moved;
    if (!redressed && !grew) return;
    for (const curve of curves) {
      curve.markBeyond(readable);
      curve.strokeIn(range, high ?? this.wholeHeight(logY), logY);
    }
    this.drawn = { look, logY, range, high, marks, annotations, curves };
    const stays = same && !grew && !moved && before.marks === marks && before.look.judged === look.judged;
    const smoothed = stays && before.look.smoothing !== look.smoothing && keepsHeight(range, high, logY);
    if (smoothed && redrawHeights(chart, curves)) return;
    if (!same) chart.data.datasets = curves.flatMap(({ datasets }) => datasets);
    if (redressed)
      dress(chart, group.curves, look, logY, range, high, annotations, (dataset, index) =>
        this.places(dataset, index),
      );
    chart.update('none');
  }

  /** The curves that are shown, with the points that are there where they are looked at closely. */
  private closest(): Group['curves'] {
    return this.shownCurves().map((curve) => curve.closer ?? curve);
  }

  /** From the least to the greatest value that is shown; on a log scale from a few decades below it. */
  private wholeHeight(logY: boolean): Range {
    const [least, most] = extremesOf(this.shownCurves());
    return { min: logY ? Math.max(least, most * LEAST_SHARE) : least, max: most };
  }

  private shownCurves(): Group['curves'] {
    return this.group.curves.filter((curve) => isShown(curve, this.look));
  }

  /** Where a point stands on the axes that are not shown. */
  private places(dataset: object, index: number): string[] {
    const drawn = this.drawn?.curves.find(({ main }) => main === dataset);
    const at = drawn?.line.source[index] ?? -1;
    return drawn && at >= 0 ? placesBeside(drawn.curve, at, this.look.axis) : [];
  }

  private isLog(): boolean {
    return this.look.logScale && anyPositive(this.shownCurves());
  }

  /** What a scale does not show is said, not only marked. @param readable what a linear one shows, where that is not all */
  private noteOnScale(readable: Range | null): string {
    const curves = this.shownCurves();
    if (readable) return noteOnBeyond(curves, readable);
    if (!this.look.logScale || curves.length === 0) return '';
    if (!anyPositive(curves)) return l10n.t('linear: no value is above 0');
    const below = curves.some(({ least }) => least <= 0);
    return below ? `\u25bd ${l10n.t('at or below 0: no place on a log scale')}` : '';
  }

  private label(): void {
    const latest = this.group.curves.map(
      (curve) => `${tame(titleIn(curve, this.look))} ${brief(curve.values.at(-1) ?? Number.NaN)}`,
    );
    const text = l10n.t(
      '{0}: {1}. Arrow keys move along the points and between curves, plus and minus zoom, Shift with an arrow key pans, 0 shows everything, Enter shows the line of the log.',
      tame(nameOr(this.group.name)),
      listed(latest),
    );
    if (this.frame.getAttribute('aria-label') !== text) this.frame.setAttribute('aria-label', text);
  }

  private revealAt(event: Event): void {
    for (const found of this.chart.getElementsAtEventForMode(event, 'nearest', { axis: 'xy' }, true)) {
      const dataset = this.chart.data.datasets[found.datasetIndex];
      const drawn = this.drawn?.curves.find(({ main }) => main === dataset);
      const place = drawn && logPlaceOf(drawn.curve, drawn.line.source[found.index]!);
      if (place) return this.events.reveal(place);
    }
  }
}

function extremesOf(curves: Group['curves']): [least: number, most: number] {
  return [Math.min(...curves.map(({ least }) => least)), Math.max(...curves.map(({ most }) => most))];
}

function noteOnBeyond(curves: Group['curves'], { max }: Range): string {
  const [least, most] = extremesOf(curves);
  return most > max
    ? `\u25b3 ${l10n.t('off the scale: up to {0}; a log scale shows all', brief(most))}`
    : `\u25bd ${l10n.t('off the scale: down to {0}', brief(least))}`;
}
