import { el } from './dom';

/** The head of one column, or of several. */
export function headCell(text: string, span = 1): HTMLElement {
  return el('th', { attributes: { scope: 'col', colspan: String(span) } }, el('bdi', {}, text));
}

/** A table that scrolls by itself where it does not fit, by keyboard, too. */
export function scrolling(label: string, ...parts: Node[]): HTMLElement {
  return el(
    'div',
    { class: 'scrolling', attributes: { tabindex: '0', role: 'region', 'aria-label': label } },
    el('table', {}, ...parts),
  );
}
