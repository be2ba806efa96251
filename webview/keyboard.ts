import * as l10n from '@vscode/l10n';
import type { LineChart } from './chart';
import { placeOnAxis } from './axes';
import type { Range } from './chartOptions';
import { moved, nearest, panned, scaled } from './cursor';
import type { DrawnCurve } from './drawnCurve';
import type { Group } from './groups';
import { logPlaceOf, type LogPlace } from './logPlace';
import { titleIn, type Look } from './look';
import { pinAtPoint, unpin } from './pin';
import { brief, nameOr, tame } from './words';

/** What driving a chart needs to know of it and can do to it. */
export interface Driven {
  now(): { group: Group; look: Look; drawn: readonly DrawnCurve[] };
  say(text: string): void;
  reveal(place: LogPlace): void;
  /** Null: everything. */
  zoom(range: Range | null): void;
  /** Everything again. */
  reset(): void;
}

/**
 * Lets a chart be read without a mouse: arrows move along the points of a curve, PageUp and PageDown by a tenth, Home
 * and End to the ends, up and down to another curve, plus and minus zoom, with Shift the arrows pan, 0 shows
 * everything, Enter shows the line of the log. The point is spoken.
 */
export function drivableChart(frame: HTMLElement, chart: LineChart, driven: Driven): void {
  let which = 0;
  let at = -1;
  const show = (curve: DrawnCurve): void => {
    mark(chart, curve, at);
    const { group, look } = driven.now();
    const { axis } = look;
    const value = curve.curve.values[curve.line.source[at]!] ?? Number.NaN;
    const place = placeOnAxis(group.curves, axis, curve.line.points[at]!.x);
    const [title, name] = [tame(titleIn(curve.curve, look)), tame(nameOr(group.name))];
    driven.say(l10n.t('{0} {1}, {2}: {3}', title, name, place, brief(value)));
  };
  frame.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const { drawn } = driven.now();
    which = Math.min(which, drawn.length - 1);
    const curve = drawn[which];
    if (!curve || curve.line.points.length === 0) return;
    const count = curve.line.points.length;
    at = at < 0 ? count - 1 : Math.min(at, count - 1);
    const { x } = curve.line.points[at]!;
    const scale = chart.scales['x']!;
    const next = event.shiftKey ? null : moved(event.key, at, count);
    if (next !== null) {
      at = overBreak(curve, at, next);
      show(curve);
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      which = (which + (event.key === 'ArrowUp' ? drawn.length - 1 : 1)) % drawn.length;
      at = nearest(drawn[which]!.line.points, x);
      show(drawn[which]!);
    } else if (event.key === 'Enter') {
      const place = logPlaceOf(curve.curve, curve.line.source[at]!);
      if (place) driven.reveal(place);
    } else if (event.key === '+' || event.key === '=') {
      driven.zoom(scaled(scale, x, 0.5));
    } else if (event.key === '-') {
      driven.zoom(scaled(scale, x, 2));
    } else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      driven.zoom(panned(scale, event.key === 'ArrowLeft' ? -1 : 1));
    } else if (event.key === '0') {
      driven.reset();
    } else if (event.key === 'Escape') {
      unpin(chart);
    } else return;
    event.preventDefault();
  });
}

/** A break in the line is no point: one more step in the same direction. */
function overBreak(curve: DrawnCurve, from: number, to: number): number {
  if (curve.line.source[to] !== -1) return to;
  return to < from ? to - 1 : to + 1;
}

/** Shows the tooltip at a point, with its own curve first; none where the value has no height. */
function mark(chart: LineChart, { main }: DrawnCurve, index: number): void {
  const at = chart.data.datasets.indexOf(main);
  const y = at < 0 ? Number.NaN : (chart.getDatasetMeta(at).data[index]?.y ?? Number.NaN);
  if (Number.isFinite(y)) pinAtPoint(chart, main.data[index]!, y, { dataset: main, index });
  else unpin(chart);
}
