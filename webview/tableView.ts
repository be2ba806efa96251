import * as l10n from '@vscode/l10n';
import { axisTitle } from './axes';
import { el } from './dom';
import type { Group } from './groups';
import { isShown, titleIn, type Look } from './look';
import { brief, nameOr, position, tame } from './words';

/** Rows shown: a table is for reading, and the browser must stay quick. */
const ROWS = 200;

/** The last points of a group as a real table, newest first, for readers that can't use a chart. */
export class TableView {
  readonly element: HTMLElement;
  private readonly table = el('table');
  private shown = '';

  constructor(group: Group) {
    const attributes = {
      tabindex: '0',
      role: 'region',
      'aria-label': l10n.t('{0} as a table', tame(nameOr(group.name))),
    };
    this.element = el('section', { class: 'chart table', attributes }, this.table);
  }

  /** Builds the rows anew if there are new points; the place scrolled to stays. */
  update({ name, curves: all }: Group, look: Look): void {
    const curves = all.filter((curve) => isShown(curve, look));
    const signature = curves.map((curve) => `${titleIn(curve, look)}:${curve.values.length}`).join();
    if (signature === this.shown) return;
    this.shown = signature;
    const steps = [...new Set(curves.flatMap((curve) => curve.steps.slice(-ROWS)))].sort((a, b) => b - a);
    const columns = curves.map((curve) => new Map(curve.steps.map((step, i) => [step, curve.values[i]!])));
    const head = [axisTitle(curves, 'step'), ...curves.map((curve) => titleIn(curve, look))].map((text) =>
      el('th', { attributes: { scope: 'col' } }, el('bdi', {}, text)),
    );
    const rows = steps
      .slice(0, ROWS)
      .map((step) =>
        el(
          'tr',
          {},
          el('th', { attributes: { scope: 'row' } }, position(step)),
          ...columns.map((column) => el('td', {}, column.has(step) ? brief(column.get(step)!) : '')),
        ),
      );
    this.table.replaceChildren(
      el('caption', {}, el('bdi', {}, nameOr(name))),
      el('thead', {}, el('tr', {}, ...head)),
      el('tbody', {}, ...rows),
    );
  }
}
