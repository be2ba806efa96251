import type { LineChart } from './chart';
import type { Range } from './chartOptions';
import type { DrawnCurve } from './drawnCurve';

/**
 * Whether another smoothing leaves the y axis of a chart as it is. An average lies among the values that it is of: an axis that
 * shows all of them stays, but not one that shows those of a part, to which averages bring what was before it, or a logarithmic
 * one, which leaves values out that are averaged.
 * @param range the part of the x axis that is looked at; null: all of it
 * @param high what the y axis has to show; null: what there is
 */
export function keepsHeight(range: Range | null, high: Range | null, logY: boolean): boolean {
  return high !== null || (range === null && !logY);
}

/**
 * Draws a chart whose lines have other heights and which is else as it was, in half the time of an update.
 * @returns false where that would not do, and nothing is drawn: a tooltip has to be made anew, too, and so have places of points
 * that the chart has copied
 */
export function redrawHeights(chart: LineChart, curves: readonly DrawnCurve[]): boolean {
  if (chart.getActiveElements().length > 0 || (chart.tooltip?.opacity ?? 0) > 0) return false;
  if (curves.some(({ main }) => main.parsing !== false)) return false;
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
