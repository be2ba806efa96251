import { el } from './dom';

export interface MenuItem {
  label: string;
  run: () => void;
}

/** A button that opens a menu below it, for the mouse and the keyboard (the menu button pattern of WAI-ARIA). */
export function menuButton(label: string, name: string, items: readonly MenuItem[]): HTMLElement {
  const attributes = {
    type: 'button',
    'aria-haspopup': 'menu',
    'aria-expanded': 'false',
    'aria-label': name,
  };
  const opener = el('button', { class: 'menu-button', attributes }, label);
  const menu = el('div', { class: 'menu', attributes: { role: 'menu', 'aria-label': name } });
  const holder = el('span', { class: 'menu-holder' }, opener, menu);
  const show = (open: boolean): void => {
    menu.hidden = !open;
    opener.setAttribute('aria-expanded', String(open));
  };
  const entries = items.map(({ label: text, run }) =>
    el(
      'button',
      {
        attributes: { type: 'button', role: 'menuitem', tabindex: '-1' },
        on: {
          click: () => {
            show(false);
            opener.focus();
            run();
          },
        },
      },
      text,
    ),
  );
  menu.append(...entries);
  show(false);
  const moves: Readonly<Record<string, (at: number) => number>> = {
    ArrowDown: (at) => at + 1,
    ArrowUp: (at) => at - 1,
    Home: () => 0,
    End: () => -1,
  };
  opener.addEventListener('click', () => {
    show(menu.hidden !== false);
    if (menu.hidden === false) entries[0]!.focus();
  });
  holder.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !menu.hidden) {
      show(false);
      opener.focus();
    } else if (Object.hasOwn(moves, event.key)) {
      if (menu.hidden) show(true);
      const at = moves[event.key]!(entries.findIndex((entry) => entry === document.activeElement));
      entries[(at + entries.length) % entries.length]!.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  holder.addEventListener('focusout', ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node) || !holder.contains(relatedTarget)) show(false);
  });
  return holder;
}
