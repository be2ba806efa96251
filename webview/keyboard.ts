import type { LineChart } from './chart';
import { axisTitle, curveTitle, type Curve } from './curves';
import { brief } from './dom';
import type { Group } from './groups';
import type { XAxis } from './viewState';

/**
 * Lets a chart be read without a mouse: arrows move along the points of a curve, PageUp and PageDown by a tenth,
 * Home and End to the ends, up and down to another curve, Enter to the line of the log. The point is spoken through
 * `say`.
 */
export function drivableChart(
  frame: HTMLElement,
  chart: LineChart,
  now: () => { group: Group; axis: XAxis; shown: readonly Curve[] },
  say: (text: string) => void,
  reveal: (line: number) => void,
): void {
  let which = 0;
  let at = -1;
  frame.addEventListener('keydown', (event) => {
    const { group, axis, shown } = now();
    const curve = shown[Math.min(which, shown.length - 1)];
    if (!curve) return;
    const last = curve.values.length - 1;
    const tenth = Math.max(1, Math.round(last / 10));
    const from = at < 0 ? last : Math.min(at, last);
    const moves: Record<string, () => void> = {
      ArrowLeft: () => (at = Math.max(0, from - 1)),
      ArrowRight: () => (at = Math.min(last, from + 1)),
      PageUp: () => (at = Math.max(0, from - tenth)),
      PageDown: () => (at = Math.min(last, from + tenth)),
      Home: () => (at = 0),
      End: () => (at = last),
      ArrowUp: () => (which = (which + 1) % shown.length),
      ArrowDown: () => (which = (which + shown.length - 1) % shown.length),
      Enter: () => Number.isFinite(curve.lines[from]) && reveal(curve.lines[from]!),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
    const chosen = shown[which]!;
    at = Math.min(at < 0 ? last : at, chosen.values.length - 1);
    const datasetIndex = chart.data.datasets.findIndex(({ label }) => label === curveTitle(chosen));
    if (datasetIndex >= 0) {
      chart.setActiveElements([{ datasetIndex, index: at }]);
      chart.tooltip?.setActiveElements([{ datasetIndex, index: at }], { x: 0, y: 0 });
      chart.update('none');
    }
    const x = axis === 'epoch' ? chosen.epochs[at]! : chosen.steps[at]!;
    const place = `${axisTitle(group.curves, axis === 'time' ? 'step' : axis)} ${brief(x)}`;
    say(`${curveTitle(chosen)} ${group.name}, ${place}: ${brief(chosen.values[at]!)}`);
  });
}
