import { Interaction, type Chart, type InteractionItem } from 'chart.js';

declare module 'chart.js' {
  interface InteractionModeMap {
    nearby: typeof nearby;
  }
}

/** Within this distance (px) a point beside the pointer still counts. */
const REACH = 8;

/** Height of a line of the tooltip, and of what stands around its lines (px). */
const LINE = 17;
const AROUND = 70;
/** Lines that a tooltip has at least, in however low a chart. */
const FEWEST = 4;

/**
 * Of every curve that goes past a place on the x axis its nearest point: the points of curves that count differently do
 * not stand above each other. Marks without a line (a NaN) only where the place is on them. Of more curves than the chart
 * has room to tell those that are nearest to the pointer.
 */
export function nearby(chart: Chart, { x, y }: { x: number | null; y: number | null }): InteractionItem[] {
  const all = passing(chart, x);
  const room = Math.max(FEWEST, Math.floor((chart.height - AROUND) / LINE));
  if (all.length <= room) return all;
  const away = ({ element }: InteractionItem): number => Math.abs(element.y - (y ?? 0));
  const near = new Set(all.toSorted((a, b) => away(a) - away(b)).slice(0, room));
  return all.filter((one) => near.has(one));
}

/** All of which {@link nearby} may leave out some. */
export function passing(chart: Chart, x: number | null): InteractionItem[] {
  if (x === null) return [];
  return chart.getSortedVisibleDatasetMetas().flatMap(({ data, index: datasetIndex }) => {
    const { showLine } = chart.data.datasets[datasetIndex] as { showLine?: boolean };
    let [best, left, right] = [-1, Infinity, -Infinity];
    data.forEach((element, i) => {
      if (!Number.isFinite(element.x) || !Number.isFinite(element.y)) return;
      left = Math.min(left, element.x);
      right = Math.max(right, element.x);
      if (best < 0 || Math.abs(element.x - x) < Math.abs(data[best]!.x - x)) best = i;
    });
    if (best < 0 || x < left - REACH || x > right + REACH) return [];
    if (showLine === false && Math.abs(data[best]!.x - x) > REACH) return [];
    return [{ element: data[best]!, datasetIndex, index: best }];
  });
}

Interaction.modes.nearby = nearby;
