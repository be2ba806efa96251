import type { Chart } from 'chart.js';
import type { AnnotationOptions } from 'chartjs-plugin-annotation';
import type { Dataset } from './drawnCurve';
import type { Point } from './line';
import type { Look } from './look';

type Place = readonly [x: number, y: number];

/** A chart as shapes and texts in px, to be drawn by anything: what is on the page, with title and legend. */
export interface Picture {
  title: string;
  width: number;
  height: number;
  /** Where the curves are. */
  area: { left: number; top: number; right: number; bottom: number };
  font: string;
  colours: { background: string; foreground: string; muted: string; grid: string; border: string };
  x: PictureAxis;
  y: PictureAxis;
  spans: { from: number; to: number; colour: string }[];
  lines: PictureLine[];
  /** Signs without a line: where a value has no height. */
  signs: { sign: 'cross' | 'below' | 'above'; colour: string; fill: string; at: Place[] }[];
  verticals: { x: number; colour: string; dash: number[]; label: string; foot: boolean; row: number }[];
  legend: { label: string; colour: string; dash: number[] }[];
}

interface PictureAxis {
  title: string;
  ticks: { at: number; label: string }[];
}

interface PictureLine {
  colour: string;
  width: number;
  dash: number[];
  /** Radius of its dots; 0 without. */
  dots: number;
  /** A gap parts it. */
  pieces: Place[][];
}

/** Space above the chart for the title and a row of the legend. */
const TITLE = 30;
const ROW = 18;
const WIDE = /[\p{Script=Han}\u3000-\u303f\uff01-\uff60]/gu;

/** What a chart shows now. */
export function pictureOf(
  chart: Chart<'line', Point[]>,
  title: string,
  { theme }: Look,
  annotations: Readonly<Record<string, AnnotationOptions>>,
): Picture {
  const datasets = chart.data.datasets as Dataset[];
  const lines = datasets.filter(({ showLine }) => showLine !== false).reverse();
  const main = lines.filter(({ raw }) => raw !== true).reverse();
  const legend = main.map((one) => ({
    label: one.label ?? '',
    colour: one.borderColor as string,
    dash: one.borderDash as number[],
  }));
  const top = TITLE + ROW * legendRows(legend, chart.width).length;
  const { left, right, top: areaTop, bottom } = chart.chartArea;
  const [x, y] = [chart.scales['x']!, chart.scales['y']!];
  const place = (point: { x: number; y: number }): Place => [
    x.getPixelForValue(point.x),
    y.getPixelForValue(point.y) + top,
  ];
  const ticks = (scale: typeof x, offset: number): PictureAxis['ticks'] =>
    scale.ticks.map(({ value, label }) => ({
      at: scale.getPixelForValue(value) + offset,
      label: String(label ?? ''),
    }));
  const xTitle = (x.options as { title?: { text?: string } }).title?.text ?? '';
  const marks = Object.values(annotations) as unknown as Annotation[];
  return {
    title,
    width: chart.width,
    height: chart.height + top,
    area: { left, right, top: areaTop + top, bottom: bottom + top },
    font: theme.font,
    colours: theme,
    x: { title: xTitle, ticks: ticks(x, 0) },
    y: { title: '', ticks: ticks(y, top) },
    spans: marks
      .filter(({ type }) => type === 'box')
      .map(({ xMin, backgroundColor }) => ({
        from: x.getPixelForValue(xMin),
        to: right,
        colour: backgroundColor,
      })),
    lines: lines.flatMap((one) =>
      partsOf(one).map(({ colour, points }) => ({
        colour,
        width: one.borderWidth as number,
        dash: one.borderDash as number[],
        dots: (one.pointRadius as number | undefined) ?? 0,
        pieces: piecesOf(points, place),
      })),
    ),
    signs: datasets
      .filter(({ showLine, data }) => showLine === false && data.length > 0)
      .map((one) => ({
        sign: signOf(one),
        colour: one.borderColor as string,
        fill: one.backgroundColor as string,
        at: one.data.filter((point) => Number.isFinite(point.y) && isInside(x, point.x)).map(place),
      })),
    verticals: marks
      .filter(({ type }) => type === 'line')
      .map(({ xMin, borderColor, borderDash, label }) => ({
        x: x.getPixelForValue(xMin),
        colour: borderColor,
        dash: borderDash,
        label: label.content,
        foot: label.position === 'start',
        row: Math.round(Math.abs(label.yAdjust) / ROW),
      })),
    legend,
  };
}

function signOf({ pointStyle, pointRotation }: Dataset): Picture['signs'][number]['sign'] {
  if (pointStyle === 'crossRot') return 'cross';
  return pointRotation === 180 ? 'below' : 'above';
}

/** Signs are drawn over the edge of the chart: what is beside it must be left out. */
function isInside({ min, max }: { min: number; max: number }, value: number): boolean {
  return value >= min && value <= max;
}

/** What `marksFor` makes, of which this reads. */
interface Annotation {
  type: 'line' | 'box';
  xMin: number;
  borderColor: string;
  borderDash: number[];
  backgroundColor: string;
  label: { content: string; position: 'start' | 'end'; yAdjust: number };
}

/** What of a line has which colour: as in the chart, the stroke that leads from one part to the next has that of the others. */
export function partsOf({
  data,
  borderColor,
  judged,
}: Pick<Dataset, 'data' | 'borderColor' | 'judged'>): { colour: string; points: Point[] }[] {
  const colour = borderColor as string;
  if (!judged) return [{ colour, points: data }];
  const { from, to, others } = judged;
  const parts = [
    { colour: others, points: from > 0 ? data.slice(0, from + 1) : [] },
    { colour: others, points: to < data.length ? data.slice(Math.max(0, to - 1)) : [] },
    { colour, points: data.slice(from, to) },
  ];
  return parts.filter(({ points }) => points.length > 0);
}

function piecesOf(
  points: readonly { x: number; y: number }[],
  place: (point: { x: number; y: number }) => Place,
): Place[][] {
  const pieces: Place[][] = [];
  let open = false;
  for (const point of points) {
    if (!Number.isFinite(point.y)) {
      open = false;
      continue;
    }
    if (!open) pieces.push([]);
    open = true;
    pieces.at(-1)!.push(place(point));
  }
  return pieces;
}

/** The entries of a legend in rows that fit; a letter is taken to be 6.5 px wide, one of Chinese as high as it is wide. */
export function legendRows<T extends { label: string }>(
  entries: readonly T[],
  width: number,
): { entry: T; x: number }[][] {
  const rows: { entry: T; x: number }[][] = [];
  let x = Infinity;
  for (const entry of entries) {
    const wide = 44 + entry.label.length * 6.5 + (entry.label.match(WIDE)?.length ?? 0) * 4.5;
    if (x + wide > width) {
      rows.push([]);
      x = 10;
    }
    rows.at(-1)!.push({ entry, x });
    x += wide;
  }
  return rows;
}

export const layout = { title: TITLE, row: ROW };
