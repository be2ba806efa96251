import type { Chart, Plugin } from 'chart.js';
import { drawPointed, drawsBand, type LineMeta } from './band';
import type { Dataset } from './drawnCurve';

/** A picture of the raw lines of a chart. */
interface Kept {
  /** All that it depends on. */
  readonly key: readonly unknown[];
  /** Null where they were drawn so only once: a picture of what changes with each redraw is made in vain. */
  readonly picture: HTMLCanvasElement | null;
}

const kept = new WeakMap<Chart, Kept>();

/**
 * Draws the raw lines, which lie under all smoothed ones, from a picture as long as they stay the same: while the slider of the
 * smoothing is dragged, or the mouse moves. Where no graphics card draws, strokes are what such a redraw takes longest for.
 */
export const keepingRawLines: Plugin<'line'> = {
  id: 'keepingRawLines',
  beforeDatasetsDraw(chart) {
    const raw = rawLines(chart);
    if (raw.length === 0) return void kept.delete(chart);
    const key = keyOf(chart, raw);
    const before = kept.get(chart);
    const isSame = before?.key.length === key.length && key.every((one, i) => Object.is(one, before.key[i]));
    if (!isSame) return void kept.set(chart, { key, picture: null });
    const picture = before.picture ?? pictureOf(chart, raw);
    kept.set(chart, { key, picture });
    const { ctx, width, height } = chart;
    ctx.drawImage(picture, 0, 0, width, height);
  },
  beforeDatasetDraw(chart, { index }) {
    if (!isRaw(chart.data.datasets[index]) || !kept.get(chart)?.picture) return true;
    drawPointed(chart, index);
    return false;
  },
};

function isRaw(dataset: object | undefined): boolean {
  return (dataset as Dataset | undefined)?.raw === true;
}

function rawLines(chart: Chart): LineMeta[] {
  const metas = chart.getSortedVisibleDatasetMetas() as LineMeta[];
  return metas.filter(({ index }) => isRaw(chart.data.datasets[index]));
}

/** The place on the canvas, and of each line its points, which only become more, and its colours. */
function keyOf(chart: Chart, raw: readonly LineMeta[]): unknown[] {
  const { chartArea, scales, canvas } = chart;
  const { left, top, right, bottom } = chartArea;
  const { x, y } = scales;
  const place = [canvas.width, canvas.height, left, top, right, bottom];
  const lines = raw.flatMap(({ index }) => {
    const dataset = chart.data.datasets[index] as Dataset;
    const { data, borderColor, band, judged } = dataset;
    return [dataset, data.length, borderColor, band, judged?.from, judged?.to, judged?.others];
  });
  return [...place, x!.type, x!.min, x!.max, y!.type, y!.min, y!.max, ...lines];
}

function pictureOf(chart: Chart, raw: readonly LineMeta[]): HTMLCanvasElement {
  const { canvas, chartArea, currentDevicePixelRatio: ratio } = chart;
  const { left, top, width, height } = chartArea;
  const picture = document.createElement('canvas');
  picture.width = canvas.width;
  picture.height = canvas.height;
  const ctx = picture.getContext('2d')!;
  ctx.scale(ratio, ratio);
  // Half of a line at the edge is seen, as the chart does it.
  const edge = 0.5;
  ctx.beginPath();
  ctx.rect(left - edge, top - edge, width + 2 * edge, height + 2 * edge);
  ctx.clip();
  // The first is drawn on top.
  for (const meta of raw.toReversed()) if (!drawsBand(ctx, chart, meta)) meta.dataset!.draw(ctx, chartArea);
  return picture;
}
