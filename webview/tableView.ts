import { axisTitle, curveTitle, type Curve } from './curves';
import { brief, el } from './dom';
import type { Group } from './groups';

/** Rows shown: a table is for reading, and the browser must stay quick. */
const ROWS = 200;

/** The last points of a group as a real table, newest first, for readers that can't use a chart. */
export function tableView(group: Group): HTMLElement {
  const steps = [...new Set(group.curves.flatMap(({ steps }) => steps))].sort((a, b) => b - a).slice(0, ROWS);
  const columns = group.curves.map(
    (curve) => new Map(curve.steps.map((step, i) => [step, curve.values[i]!])),
  );
  const head = el(
    'tr',
    {},
    el('th', { attributes: { scope: 'col' } }, axisTitle(group.curves, 'step')),
    ...group.curves.map((curve: Curve) => el('th', { attributes: { scope: 'col' } }, curveTitle(curve))),
  );
  const rows = steps.map((step) =>
    el(
      'tr',
      {},
      el('th', { attributes: { scope: 'row' } }, brief(step)),
      ...columns.map((column) => el('td', {}, column.has(step) ? brief(column.get(step)!) : '')),
    ),
  );
  return el(
    'section',
    { class: 'chart table', attributes: { tabindex: '0', 'aria-label': `${group.name} as a table` } },
    el('table', {}, el('caption', {}, group.name), el('thead', {}, head), el('tbody', {}, ...rows)),
  );
}
