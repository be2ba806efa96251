/** The one file that knows the control library: moving to another one is a change of this file. */
import {
  provideVSCodeDesignSystem,
  vsCodeBadge,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
} from '@vscode/webview-ui-toolkit';
import { custom, el } from './dom';

/** Call once, before the first control is made. */
export function registerControls(): void {
  provideVSCodeDesignSystem().register(
    vsCodeBadge(),
    vsCodeButton(),
    vsCodeCheckbox(),
    vsCodeDropdown(),
    vsCodeOption(),
  );
}

export function button(
  label: string,
  onClick: () => void,
  { primary = false, title = '' }: { primary?: boolean; title?: string } = {},
): HTMLElement {
  const attributes = { appearance: primary ? 'primary' : 'secondary' };
  return custom('vscode-button', { attributes, title, on: { click: onClick } }, label);
}

export function badge(text: string): HTMLElement {
  return custom('vscode-badge', {}, text);
}

/** A checkbox with its label; `onChange` gets the new state. */
export function checkbox(label: string, checked: boolean, onChange: (checked: boolean) => void): HTMLElement {
  const box = custom('vscode-checkbox', {}, label) as HTMLElement & { checked: boolean };
  box.toggleAttribute('checked', checked);
  box.addEventListener('change', () => onChange(box.checked));
  return box;
}

/** A labelled choice of one; `onChange` gets the chosen value. */
export function dropdown<T extends string>(
  label: string,
  options: readonly { value: T; text: string }[],
  value: T,
  onChange: (value: T) => void,
): HTMLElement {
  const id = `choice-${label.replace(/\W+/g, '-').toLowerCase()}`;
  const choice = custom('vscode-dropdown', { attributes: { id, 'aria-label': label } }) as HTMLElement & {
    value: string;
  };
  for (const option of options) {
    const item = custom('vscode-option', { attributes: { value: option.value } }, option.text);
    item.toggleAttribute('selected', option.value === value);
    choice.append(item);
  }
  choice.addEventListener('change', () => onChange(choice.value as T));
  return el('span', { class: 'control' }, el('label', { attributes: { for: id } }, label), choice);
}

/** A slider with its label and its value in words; `onInput` gets the new number while it moves. */
export function slider(
  label: string,
  value: number,
  { max, step, words }: { max: number; step: number; words: (value: number) => string },
  onInput: (value: number) => void,
): HTMLElement {
  const shown = el('output', {}, words(value));
  const input = el('input', {
    attributes: { type: 'range', id: 'smoothing', min: '0', max: String(max), step: String(step) },
  });
  input.value = String(value);
  input.addEventListener('input', () => {
    shown.textContent = words(input.valueAsNumber);
    onInput(input.valueAsNumber);
  });
  return el(
    'span',
    { class: 'control' },
    el('label', { attributes: { for: 'smoothing' } }, label),
    input,
    shown,
  );
}
