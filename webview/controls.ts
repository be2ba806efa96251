/** The one file that knows the control library: moving to another one is a change of this file. */
import * as l10n from '@vscode/l10n';
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

export interface Checkbox {
  element: HTMLElement;
  /** Disables it and says why; null: it can be used. */
  refuse(why: string | null): void;
}

/** A checkbox with its label; `onChange` gets the new state. */
export function checkbox(label: string, checked: boolean, onChange: (checked: boolean) => void): Checkbox {
  const reason = el('span', { class: 'muted' });
  const box = custom('vscode-checkbox', {}, label, reason) as HTMLElement & {
    checked: boolean;
    disabled: boolean;
  };
  box.toggleAttribute('checked', checked);
  box.addEventListener('change', () => onChange(box.checked));
  const refuse = (why: string | null): void => {
    box.disabled = why !== null;
    const text = why === null ? '' : l10n.t(' ({0})', why);
    if (reason.textContent !== text) reason.textContent = text;
  };
  return { element: box, refuse };
}

export interface Dropdown<T extends string> {
  element: HTMLElement;
  /** Offers these choices; nothing is touched where they are the ones it has. */
  offer(options: readonly { value: T; text: string }[], chosen: T): void;
}

/** A labelled choice of one; `onChange` gets what the user chose. @param id names the control on the page */
export function dropdown<T extends string>(
  id: string,
  label: string,
  onChange: (value: T) => void,
): Dropdown<T> {
  const choice = custom('vscode-dropdown', { attributes: { id, 'aria-label': label } }) as HTMLElement & {
    value: string;
  };
  let offered = '';
  choice.addEventListener('change', () => onChange(choice.value as T));
  const offer: Dropdown<T>['offer'] = (options, chosen) => {
    const signature = options.map(({ value }) => value).join();
    if (signature !== offered) {
      offered = signature;
      choice.replaceChildren(
        ...options.map(({ value, text }) => {
          const item = custom('vscode-option', { attributes: { value } }, text);
          item.toggleAttribute('selected', value === chosen);
          return item;
        }),
      );
    }
    if (choice.value !== chosen) choice.value = chosen;
  };
  return {
    element: el('span', { class: 'control' }, el('label', { attributes: { for: id } }, label), choice),
    offer,
  };
}

/** A slider with its label and its value in words; `onInput` gets the new number while it moves. @param id names the control on the page */
export function slider(
  id: string,
  label: string,
  value: number,
  { max, step, words }: { max: number; step: number; words: (value: number) => string },
  onInput: (value: number) => void,
): HTMLElement {
  const shown = el('span', { class: 'words', attributes: { 'aria-hidden': 'true' } }, words(value));
  const attributes = { type: 'range', id, min: '0', max: String(max), step: String(step) };
  const input = el('input', { attributes });
  const speak = (): void => input.setAttribute('aria-valuetext', words(input.valueAsNumber));
  input.value = String(value);
  speak();
  input.addEventListener('input', () => {
    shown.textContent = words(input.valueAsNumber);
    speak();
    onInput(input.valueAsNumber);
  });
  return el('span', { class: 'control' }, el('label', { attributes: { for: id } }, label), input, shown);
}
