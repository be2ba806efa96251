import type { ActiveElement, Chart, Plugin } from 'chart.js';
import { getRelativePosition } from 'chart.js/helpers';
import type { Point } from './line';
import { nearby } from './nearby';

/** Where a tooltip stays. */
interface Pin {
  /** On the x axis. */
  readonly x: number;
  /** Height in the chart (px): of many curves those that are near it are told. */
  readonly y: number;
  /** The point that the keyboard is at, which is told first. */
  readonly own: { readonly dataset: object; readonly index: number } | null;
  /** The mouse does not take it along; else its next move does. */
  readonly held: boolean;
}

const pins = new WeakMap<Chart, Pin>();

/** The pointer moves so much in a click (px); more is a drag. */
const STILL = 3;

/** Whether the tooltip of a chart stays where it is, whatever the mouse does. */
export function isPinned(chart: Chart): boolean {
  return pins.get(chart)?.held ?? false;
}

/** Lets the tooltip stay at a place that the keyboard has come to. New points and another look do not take it away. */
export function pinAtPoint(chart: Chart, { x }: Point, y: number, own: NonNullable<Pin['own']>): void {
  pin(chart, { x, y, own, held: isPinned(chart) });
}

/** Takes the tooltip away, whether it was pinned or not. */
export function unpin(chart: Chart): void {
  pins.delete(chart);
  tell(chart, []);
  // Where the mouse was before would be told again with the next redraw.
  chart.canvas.dispatchEvent(new MouseEvent('mouseout'));
  chart.render();
}

/** Pins the tooltip of a chart with a click, and lets it go with another one there, or where there is no point. */
export function pinnable(frame: HTMLElement, chart: Chart): void {
  let from = { x: 0, y: 0 };
  frame.addEventListener('mousedown', ({ clientX: x, clientY: y }) => void (from = { x, y }));
  frame.addEventListener('click', (event) => {
    const { clientX, clientY, ctrlKey, shiftKey, altKey, metaKey, detail } = event;
    const isDrag = Math.hypot(clientX - from.x, clientY - from.y) > STILL;
    // The second click of two leads to the log.
    if (isDrag || ctrlKey || shiftKey || altKey || metaKey || detail > 1) return;
    const pointer = getRelativePosition(event, chart);
    const x = nearestTo(chart, pointer);
    if (x === null || (isPinned(chart) && pins.get(chart)!.x === x)) unpin(chart);
    else pin(chart, { x, y: pointer.y, own: null, held: true });
  });
}

/** Keeps the tooltip of a chart where it is pinned, and draws a line there. */
export const pinning: Plugin<'line'> = {
  id: 'pinning',
  beforeEvent(chart, { replay }) {
    const place = pins.get(chart);
    // What is told again after a redraw is nothing that the user does now.
    if (place && (place.held || replay)) return false;
    pins.delete(chart);
  },
  afterUpdate(chart) {
    const place = pins.get(chart);
    if (place) show(chart, place);
  },
  beforeDatasetsDraw(chart) {
    const place = pins.get(chart);
    if (!place?.held || !isInSight(chart, place.x)) return;
    const x = chart.scales['x']!.getPixelForValue(place.x);
    const { ctx, chartArea } = chart;
    ctx.save();
    ctx.strokeStyle = chart.options.plugins!.tooltip!.titleColor as string;
    ctx.lineWidth = 1;
    ctx.beginPath();
    ctx.moveTo(x, chartArea.top);
    ctx.lineTo(x, chartArea.bottom);
    ctx.stroke();
    ctx.restore();
  },
};

function pin(chart: Chart, place: Pin): void {
  pins.set(chart, place);
  // What the mouse is at is told already, and would not be told again with the word that it is pinned now.
  tell(chart, []);
  show(chart, place);
  chart.render();
}

/** Where on the x axis the point is that is nearest to the pointer; null where there is none. */
function nearestTo(chart: Chart, pointer: { x: number; y: number }): number | null {
  const { left, right, top, bottom } = chart.chartArea;
  const { x, y } = pointer;
  if (x < left || x > right || y < top || y > bottom) return null;
  const away = ({ element }: ActiveElement): number => Math.abs(element.x - x);
  const [first] = nearby(chart, pointer).toSorted((a, b) => away(a) - away(b));
  return first ? pointOf(chart, first).x : null;
}

/** Tells what is at a place now; nothing where that is out of sight. */
function show(chart: Chart, { x, y, own }: Pin): void {
  if (!isInSight(chart, x)) return tell(chart, []);
  const found = nearby(chart, { x: chart.scales['x']!.getPixelForValue(x), y });
  const datasetIndex = chart.data.datasets.findIndex((one) => one === own?.dataset);
  const element = chart.getDatasetMeta(datasetIndex).data[own?.index ?? -1];
  const exact = element && pointOf(chart, { datasetIndex, index: own!.index }).x === x;
  const first = exact
    ? [{ datasetIndex, index: own!.index, element }]
    : found.filter((one) => one.datasetIndex === datasetIndex);
  tell(chart, [...first, ...found.filter((one) => one.datasetIndex !== datasetIndex)]);
}

function pointOf(chart: Chart, { datasetIndex, index }: Omit<ActiveElement, 'element'>): Point {
  return chart.data.datasets[datasetIndex]!.data[index] as Point;
}

function isInSight(chart: Chart, x: number): boolean {
  const { min, max } = chart.scales['x']!;
  return x >= min && x <= max;
}

function tell(chart: Chart, elements: ActiveElement[]): void {
  chart.setActiveElements(elements);
  chart.tooltip?.setActiveElements(elements, { x: 0, y: 0 });
}
