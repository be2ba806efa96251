import { Interaction, type Chart, type InteractionItem } from 'chart.js';

declare module 'chart.js' {
  interface InteractionModeMap {
    nearby: typeof nearby;
  }
}

/** Within this distance (px) a point beside the pointer still counts. */
const REACH = 8;

/**
 * Of every curve that goes past a place on the x axis its nearest point: the points of curves that count differently do
 * not stand above each other. Marks without a line (a NaN) only where the place is on them.
 */
export function nearby(chart: Chart, { x }: { x: number | null }): InteractionItem[] {
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
