import * as l10n from '@vscode/l10n';
import { curveId, curveTitle, type Curve } from './curves';
import { roleOf } from './curveStyle';
import { el } from './dom';
import { arrange } from './keyed';
import type { Look } from './look';
import { brief } from './words';

interface Key {
  button: HTMLElement;
  value: HTMLElement;
  /** Of the curves that it stands for. */
  ids: string[];
}

export interface LegendEvents {
  toggle(ids: readonly string[]): void;
  isolate(ids: readonly string[], all: readonly string[]): void;
}

/**
 * The curves of a chart with their last values; each is a switch that hides its curve. With Alt, or by a double click, it
 * leaves only its own. Where runs are compared a key stands for its split in all of them. Updated in place.
 */
export class Legend {
  readonly element = el('div', { class: 'legend' });
  private readonly keys = new Map<string, Key>();
  private shown: Key[] = [];

  constructor(private readonly events: LegendEvents) {}

  update(curves: readonly Curve[], { hidden, runs }: Look): void {
    const compared = runs.size > 0;
    this.element.classList.toggle('compared', compared);
    const shown = new Map<string, Key>();
    for (const curve of curves) {
      const name = compared ? curveTitle(curve) : curveId(curve);
      const key = this.keys.get(name) ?? this.make(curve);
      this.keys.set(name, key);
      const known = shown.has(name);
      key.ids = known ? [...new Set([...key.ids, curveId(curve)])] : [curveId(curve)];
      shown.set(name, key);
      setText(key.value, compared ? '' : brief(curve.values.at(-1) ?? Number.NaN));
    }
    this.shown = [...shown.values()];
    for (const { button, ids } of this.shown)
      button.setAttribute('aria-pressed', String(!ids.every((id) => hidden.has(id))));
    arrange(
      this.element,
      this.shown.map(({ button }) => button),
    );
  }

  private make(curve: Curve): Key {
    const value = el('span', { class: 'value' });
    const button = el(
      'button',
      {
        class: `key ${roleOf(curve)}`,
        title: l10n.t('{0}: show or hide; with Alt: only this', curve.info.key),
        attributes: { type: 'button' },
      },
      el('span', { class: 'swatch', attributes: { 'aria-hidden': 'true' } }),
      el('bdi', { class: 'name' }, curveTitle(curve)),
      ' ',
      value,
    );
    const key: Key = { button, value, ids: [] };
    const isolate = (): void =>
      this.events.isolate(
        key.ids,
        this.shown.flatMap(({ ids }) => ids),
      );
    button.addEventListener('click', (event) => (event.altKey ? isolate() : this.events.toggle(key.ids)));
    button.addEventListener('dblclick', (event) => event.altKey || isolate());
    button.addEventListener('keydown', (event) => {
      if (!event.altKey || (event.key !== 'Enter' && event.key !== ' ')) return;
      event.preventDefault();
      isolate();
    });
    return key;
  }
}

function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
