import { curveId, curveTitle, type Curve } from './curves';
import { roleOf } from './drawnCurve';
import { el } from './dom';
import { arrange } from './keyed';
import { brief } from './words';

interface Key {
  button: HTMLElement;
  value: HTMLElement;
}

/** The curves of a chart with their last values; each is a switch that hides its curve. Updated in place. */
export class Legend {
  readonly element = el('div', { class: 'legend' });
  private readonly keys = new Map<string, Key>();

  constructor(private readonly toggle: (id: string) => void) {}

  update(curves: readonly Curve[], hidden: ReadonlySet<string>): void {
    const keys = curves.map((curve) => {
      const id = curveId(curve);
      const key = this.keys.get(id) ?? this.make(curve, id);
      this.keys.set(id, key);
      setText(key.value, brief(curve.values.at(-1) ?? Number.NaN));
      key.button.setAttribute('aria-pressed', String(!hidden.has(id)));
      return key.button;
    });
    arrange(this.element, keys);
  }

  private make(curve: Curve, id: string): Key {
    const value = el('span', { class: 'value' });
    const button = el(
      'button',
      {
        class: `key ${roleOf(curve)}`,
        title: `${curve.info.key}: show or hide`,
        attributes: { type: 'button' },
        on: { click: () => this.toggle(id) },
      },
      el('span', { class: 'swatch', attributes: { 'aria-hidden': 'true' } }),
      el('bdi', { class: 'name' }, curveTitle(curve)),
      ' ',
      value,
    );
    return { button, value };
  }
}

function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
