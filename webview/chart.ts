import {
  Chart,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  Tooltip,
} from 'chart.js';
import annotation, { type AnnotationOptions } from 'chartjs-plugin-annotation';
import zoom from 'chartjs-plugin-zoom';
import { drawingBands } from './band';
import { scalesFor, type Range } from './chartOptions';
import { fade } from './colour';
import { Dragged } from './dragged';
import type { Curve } from './curves';
import type { Point } from './line';
import { keepingRawLines } from './keptLines';
import type { Look } from './look';
import './nearby';
import { pinning } from './pin';
import { tooltipFor, type PlacesOf } from './tooltip';

Chart.register(
  LineController,
  LineElement,
  PointElement,
  LinearScale,
  LogarithmicScale,
  Tooltip,
  annotation,
  zoom,
  pinning,
  keepingRawLines,
  drawingBands,
);

export type LineChart = Chart<'line', Point[]>;

/** An empty chart. `onRange` tells the x range after the user zoomed or panned, and of a box the y range. */
export function createChart(
  canvas: HTMLCanvasElement,
  onRange: (range: Range, height: Range | null) => void,
): LineChart {
  const dragged = new Dragged(canvas);
  const tell = ({ chart }: { chart: Chart }): void => {
    const [x, y] = [chart.scales['x']!, chart.scales['y']!];
    const height = dragged.box ? { min: y.min, max: y.max } : null;
    dragged.end();
    onRange({ min: x.min, max: x.max }, height);
  };
  return new Chart(canvas, {
    type: 'line',
    data: { datasets: [] },
    options: {
      animation: false,
      maintainAspectRatio: false,
      layout: { padding: { top: 4, right: 8 } },
      interaction: { mode: 'nearby', axis: 'x', intersect: false },
      plugins: {
        zoom: {
          zoom: {
            drag: { enabled: true },
            wheel: { enabled: true, modifierKey: 'ctrl' },
            mode: () => (dragged.box ? 'xy' : 'x'),
            onZoomComplete: tell,
          },
          pan: { enabled: true, modifierKey: 'shift', mode: 'x', onPanComplete: tell },
        },
        annotation: { annotations: {} },
      },
      scales: { x: { type: 'linear' }, y: { type: 'linear' } },
    },
  });
}

/** Gives a chart its axes, colours and marks; `chart.update` draws it. */
export function dress(
  chart: LineChart,
  all: readonly Curve[],
  look: Look,
  logY: boolean,
  range: Range | null,
  height: Range | null,
  marks: Record<string, AnnotationOptions>,
  placesOf: PlacesOf,
): void {
  const { options } = chart;
  const { theme } = look;
  options.scales = scalesFor(all, look, logY, range, height);
  options.plugins!.annotation = { annotations: marks };
  options.plugins!.tooltip = tooltipFor(all, look, placesOf);
  Object.assign(options.plugins!.zoom!.zoom!.drag!, {
    backgroundColor: fade(theme.focus, 0.15),
    borderColor: theme.focus,
    borderWidth: 1,
  });
}
