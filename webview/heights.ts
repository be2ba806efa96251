import type { Range } from './chartOptions';
import type { LineChart } from './chart';
import type { DrawnCurve } from './drawnCurve';
import type { Look } from './look';

/** What of a draw of a chart its axes and marks depend on. */
export interface Frame {
  readonly look: Look;
  readonly logY: boolean;
  /** The part of the x axis that is looked at; null: all of it. */
  readonly range: Range | null;
  /** What the y axis shows; null: all of it. */
  readonly high: Range | null;
  readonly marks: string;
  readonly curves: readonly DrawnCurve[];
}

/**
 * Whether of a chart only the smoothing changed, so that its axes and marks stay as they are. An average lies among the values
 * that it is of: a y axis that shows all values stays as it is, but not one that shows those of a part, to which averages bring
 * what was before it, or a logarithmic one, which leaves values out that are averaged.
 */
export function onlySmoothed(before: Frame, now: Frame): boolean {
  const keepsHeight = now.high !== null || (now.range === null && !now.logY);
  return (
    keepsHeight &&
    before.look.smoothing !== now.look.smoothing &&
    before.look.judged === now.look.judged &&
    before.marks === now.marks &&
    before.range === now.range &&
    before.high?.min === now.high?.min &&
    before.high?.max === now.high?.max &&
    before.curves.length === now.curves.length &&
    now.curves.every((one, i) => one === before.curves[i] && one.main.parsing === false)
  );
}

/**
 * Draws a chart whose lines have other heights and which is else as it was, in half the time of an update.
 * @returns false where a tooltip is shown, which has to be made anew, too: nothing is drawn then
 */
export function redrawHeights(chart: LineChart, curves: readonly DrawnCurve[]): boolean {
  if (chart.getActiveElements().length > 0 || (chart.tooltip?.opacity ?? 0) > 0) return false;
  const lines = new Set<object>(curves.map(({ main }) => main));
  for (const { index, controller } of chart.getSortedVisibleDatasetMetas()) {
    if (!lines.has(chart.data.datasets[index]!)) continue;
    // What is smoother is not drawn thin any more. (At the edges of the chart it is still cut as a thin line: 0.4 px earlier.)
    controller.configure();
    controller.update('none');
  }
  chart.render();
  return true;
}
