import {
  Chart,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  Tooltip,
  type ChartConfiguration,
  type ChartDataset,
} from 'chart.js';
import annotation from 'chartjs-plugin-annotation';
import zoom from 'chartjs-plugin-zoom';
import type { Finding } from '../src/analysis/diagnosis';
import { axisTitle, curveTitle, xOf, type Curve } from './curves';
import { brief } from './dom';
import type { Group } from './groups';
import { marksFor } from './marks';
import { smooth } from './smoothing';
import type { Theme } from './theme';
import type { XAxis } from './viewState';

Chart.register(
  LineController,
  LineElement,
  PointElement,
  LinearScale,
  LogarithmicScale,
  Tooltip,
  annotation,
  zoom,
);

/** How a chart is looked at. */
export interface Look {
  axis: XAxis;
  smoothing: number;
  logScale: boolean;
  hidden: ReadonlySet<string>;
  theme: Theme;
}

interface Point {
  x: number;
  y: number;
}
type Dataset = ChartDataset<'line', Point[]>;
export type LineChart = Chart<'line', Point[]>;

const dashes = { train: [], val: [7, 3], test: [2, 2], other: [] as number[] } as const;
const shapes = { train: 'circle', val: 'rectRot', test: 'triangle', other: 'circle' } as const;
/** With more points than this, markers would be all that is seen. */
const MARKED = 60;

/** Draws a group of curves into a canvas. `onRange` tells the x range after the user zoomed or panned. */
export function createChart(
  canvas: HTMLCanvasElement,
  onRange: (min: number, max: number) => void,
): LineChart {
  const tell = ({ chart }: { chart: Chart }): void => {
    const { min, max } = chart.scales['x']!;
    onRange(min, max);
  };
  const config: ChartConfiguration<'line', Point[]> = {
    type: 'line',
    data: { datasets: [] },
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      maintainAspectRatio: false,
      interaction: { mode: 'nearest', axis: 'x', intersect: false },
      plugins: {
        zoom: {
          zoom: {
            drag: { enabled: true },
            wheel: { enabled: true, modifierKey: 'ctrl' },
            mode: 'x',
            onZoomComplete: tell,
          },
          pan: { enabled: true, modifierKey: 'shift', mode: 'x', onPanComplete: tell },
        },
        annotation: { annotations: {} },
      },
      scales: { x: { type: 'linear' }, y: { type: 'linear' } },
    },
  };
  return new Chart(canvas, config);
}

/** Shows the group as it stands now, with the marks of the findings. */
export function updateChart(chart: LineChart, group: Group, findings: readonly Finding[], look: Look): void {
  const { theme, axis } = look;
  const shown = group.curves.filter((curve) => !look.hidden.has(curveId(curve)));
  chart.data.datasets = shown.flatMap((curve) => datasetsOf(curve, look));
  const options = chart.options;
  const log = look.logScale && isPositive(shown);
  const ticks = { color: theme.muted, font: { family: theme.font, size: 11 }, maxRotation: 0 };
  const grid = { color: theme.grid, lineWidth: theme.highContrast ? 0.5 : 1, tickLength: 4 };
  const title = {
    display: true,
    text: axisTitle(group.curves, axis),
    color: theme.muted,
    font: { family: theme.font, size: 11 },
  };
  const { min, max } = options.scales!['x'] as { min?: number; max?: number };
  options.scales = {
    x: {
      type: 'linear',
      // Up to the last point, not to the next round number: while training goes on there is no empty margin.
      bounds: 'data',
      ...(min === undefined ? {} : { min }),
      ...(max === undefined ? {} : { max }),
      ticks: { ...ticks, autoSkipPadding: 24, callback: (value) => xText(Number(value), axis) },
      grid,
      border: { color: theme.border },
      title,
    },
    y: {
      type: log ? 'logarithmic' : 'linear',
      ticks: { ...ticks, maxTicksLimit: 6, callback: (value) => brief(Number(value)) },
      grid,
      border: { color: theme.border },
    },
  };
  options.plugins!.annotation = { annotations: marksFor(group, findings, axis, theme) };
  options.plugins!.tooltip = {
    backgroundColor: theme.background,
    titleColor: theme.foreground,
    bodyColor: theme.foreground,
    borderColor: theme.border,
    borderWidth: 1,
    displayColors: true,
    callbacks: {
      title: ([item]) =>
        item ? `${axisTitle(group.curves, axis)} ${xText(item.parsed.x ?? Number.NaN, axis)}` : '',
      label: ({ dataset, parsed }) => `${dataset.label ?? ''}: ${brief(parsed.y ?? Number.NaN)}`,
    },
  };
  chart.update('none');
}

/** Names a curve for "hidden": stable over reloads. */
export function curveId({ info }: Curve): string {
  return `${info.split ?? ''}/${info.key}`;
}

/** Whether a log scale can show all of it. */
export function isPositive(curves: readonly Curve[]): boolean {
  return curves.every(({ values }) => values.every((value) => !Number.isFinite(value) || value > 0));
}

/** The line (and, under smoothing, the faint raw one), and crosses where a value was not finite. */
function datasetsOf(curve: Curve, { axis, smoothing, theme }: Look): Dataset[] {
  const role = curve.info.split ?? 'other';
  const colour = theme.series[role];
  const title = curveTitle(curve);
  const few = curve.values.length <= MARKED;
  const base = {
    borderColor: colour,
    backgroundColor: colour,
    borderDash: [...dashes[role]],
    pointStyle: shapes[role],
    pointRadius: few ? (theme.highContrast ? 4 : 2.5) : curve.values.length === 1 ? 4 : 0,
    pointHitRadius: 8,
    borderWidth: theme.highContrast ? 2.5 : 1.8,
    spanGaps: false,
  };
  const xs = xOf(curve, axis);
  const line = (values: readonly number[]): Point[] =>
    values.map((y, i) => ({ x: xs[i]!, y: finiteOrGap(y) }));
  const sets: Dataset[] = [{ ...base, label: title, data: line(smooth(curve.values, smoothing)) }];
  if (smoothing > 0) {
    const faint = {
      borderWidth: 1,
      borderColor: `color-mix(in srgb, ${colour} 30%, transparent)`,
      pointRadius: 0,
    };
    sets.push({ ...base, ...faint, label: `${title} (raw)`, data: line(curve.values) });
  }
  const odd = crosses(curve, xs);
  if (odd.length > 0) sets.push({ ...crossStyle(theme), label: `${title} NaN/Inf`, data: odd });
  return sets;
}

function crossStyle(theme: Theme): Omit<Dataset, 'data' | 'label'> {
  const colours = { borderColor: theme.error, backgroundColor: theme.error };
  return { ...colours, showLine: false, pointStyle: 'crossRot', pointRadius: 6, pointBorderWidth: 2 };
}

/** Non-finite values at the height of the last finite one before them, so that they are seen where they happened. */
function crosses({ values }: Curve, xs: readonly number[]): Point[] {
  let height = values.find(Number.isFinite) ?? 0;
  const found: Point[] = [];
  values.forEach((y, i) => {
    if (Number.isFinite(y)) height = y;
    else found.push({ x: xs[i]!, y: height });
  });
  return found;
}

function finiteOrGap(y: number): number {
  return Number.isFinite(y) ? y : Number.NaN;
}

function xText(x: number, axis: XAxis): string {
  return axis === 'time' ? new Date(x).toLocaleTimeString() : brief(x);
}
