/** Something to show: `key` says which it is from one time to the next, `item` all that its element depends on. */
export interface Entry<T> {
  key: string;
  item: T;
}

/**
 * One element per item in a parent. An element whose item did not change stays as it is: while training goes on there
 * are several redraws a second, and the focus, a selection or an open disclosure must outlive them. An element that
 * must be built anew gives the focus on to the one with the same `data-key` inside.
 */
export class Keyed<T> {
  private shown = new Map<string, { signature: string; element: HTMLElement }>();

  constructor(
    private readonly parent: Element,
    private readonly build: (item: T) => HTMLElement,
  ) {}

  show(entries: readonly Entry<T>[]): void {
    const focused = this.parent.contains(document.activeElement) ? document.activeElement : null;
    const next = new Map<string, { signature: string; element: HTMLElement }>();
    for (const { key, item } of entries) {
      const signature = JSON.stringify(item);
      const before = this.shown.get(key);
      next.set(key, before?.signature === signature ? before : { signature, element: this.build(item) });
    }
    this.shown = next;
    arrange(
      this.parent,
      [...next.values()].map(({ element }) => element),
    );
    if (focused instanceof HTMLElement) giveBack(focused, this.parent);
  }
}

/** Makes these the children, in this order, without touching those that are in place. */
export function arrange(parent: Element, children: readonly Element[]): void {
  const wanted = new Set(children);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  children.forEach((child, i) => {
    if (parent.children[i] !== child) parent.insertBefore(child, parent.children[i] ?? null);
  });
}

/** Moving or replacing an element takes the focus from it. */
export function giveBack(focused: HTMLElement, parent: Element): void {
  if (document.activeElement === focused) return;
  if (focused.isConnected) return focused.focus({ preventScroll: true });
  const { key } = focused.dataset;
  if (key === undefined) return;
  const heir = [...parent.querySelectorAll<HTMLElement>('[data-key]')].find(
    (one) => one.dataset['key'] === key,
  );
  heir?.focus({ preventScroll: true });
}
