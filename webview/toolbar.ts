import { button, checkbox, dropdown, slider } from './controls';
import { el } from './dom';
import type { ViewState, XAxis } from './viewState';

export interface ToolbarEvents {
  change(part: Partial<ViewState>): void;
  resetZoom(): void;
  choose(): void;
}

const axisNames: Readonly<Record<XAxis, string>> = { step: 'steps', epoch: 'epochs', time: 'wall time' };
const MAX_SMOOTHING = 0.99;

/** The controls above the charts. Built once per run: redrawing would take the focus away. */
export function toolbar(
  state: ViewState,
  axes: readonly XAxis[],
  axis: XAxis,
  events: ToolbarEvents,
): HTMLElement {
  const parts: HTMLElement[] = [
    slider(
      'Smoothing',
      state.smoothing,
      { max: MAX_SMOOTHING, step: 0.01, words: (value) => (value === 0 ? 'off' : value.toFixed(2)) },
      (smoothing) => events.change({ smoothing }),
    ),
    checkbox('Log scale', state.logScale, (logScale) => events.change({ logScale })),
    checkbox('Table', state.asTable, (asTable) => events.change({ asTable })),
  ];
  if (axes.length > 1) {
    const options = axes.map((value) => ({ value, text: axisNames[value] }));
    parts.push(dropdown('X axis', options, axis, (chosen) => events.change({ axis: chosen })));
  }
  parts.push(
    button('Reset Zoom', () => events.resetZoom(), { title: 'Drag over a chart, or Ctrl+wheel, to zoom' }),
    button('Another Log…', () => events.choose()),
  );
  return el('div', { class: 'toolbar', attributes: { role: 'toolbar', 'aria-label': 'View' } }, ...parts);
}
