import type { Chart, ChartMeta, LineElement, Plugin, PointElement } from 'chart.js';
import { columnsOf } from './columns';
import type { Dataset } from './drawnCurve';

/** What a chart knows of one of its lines. */
export type LineMeta = ChartMeta<'line', PointElement, LineElement>;

/**
 * Draws bands of noise column by column of pixels instead of stroking their thousands of steep lines, of which no more would be
 * seen: where no graphics card draws, the strokes of two take 7 ms of the 14 ms of a redraw.
 */
export const drawingBands: Plugin<'line'> = {
  id: 'drawingBands',
  beforeDatasetDraw(chart, { index, meta }) {
    if (!drawsBand(chart.ctx, chart, meta as LineMeta)) return true;
    drawPointed(chart, index);
    return false;
  },
};

/** Draws the points of a line that the mouse is at, as the chart does on the lines that it draws. */
export function drawPointed(chart: Chart, index: number): void {
  for (const { datasetIndex, element } of chart.getActiveElements())
    if (datasetIndex === index) (element as PointElement).draw(chart.ctx, chart.chartArea);
}

/**
 * Draws a line if it is a band, and dense: between points that are apart the lines are seen, and have to be smooth.
 * @param ctx of the chart's canvas, or of one like it
 * @returns whether it did
 */
export function drawsBand(ctx: CanvasRenderingContext2D, chart: Chart, { index, data }: LineMeta): boolean {
  const { band, borderColor } = chart.data.datasets[index] as Dataset;
  const isDense = (): boolean => data.filter(({ skip }) => !skip).length >= chart.chartArea.width;
  if (!band || !isDense()) return false;
  drawBand(ctx, chart, data, borderColor as string);
  return true;
}

function drawBand(
  ctx: CanvasRenderingContext2D,
  { chartArea, currentDevicePixelRatio: ratio }: Chart,
  points: readonly PointElement[],
  colour: string,
): void {
  const { left, top, width, height } = chartArea;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.fillStyle = colour;
  const first = Math.floor(left * ratio);
  const last = Math.ceil((left + width) * ratio);
  columnsOf(points, ratio, first, last, (column, from, to) => {
    const upper = Math.floor(from);
    ctx.fillRect(column, upper, 1, Math.max(1, Math.round(to - upper)));
  });
  ctx.restore();
}
