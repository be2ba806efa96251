import * as l10n from '@vscode/l10n';
import type { Read } from '../src/protocol';
import { button } from './controls';
import { el } from './dom';

const MB = 1_000_000;

/** A log is being read: which, of a large one how far, and a way out. Updated in place, so that the focus stays. */
export class LoadingView {
  readonly element = el('div', { class: 'loading' });
  private readonly bar = el('progress', {});
  private readonly words = el('span', { class: 'muted' });
  private readonly large: HTMLElement;

  constructor(
    readonly title: string,
    stop: () => void,
  ) {
    const text = title === '' ? l10n.t('Reading …') : l10n.t('Reading {0} …', title);
    this.bar.setAttribute('aria-label', text);
    const cancel = button(l10n.t('Cancel'), stop);
    this.large = el('div', { class: 'reading' }, this.bar, this.words, cancel);
    this.large.hidden = true;
    this.element.append(el('p', { class: 'muted', attributes: { role: 'status' } }, text), this.large);
  }

  update({ done, size }: Read): void {
    this.large.hidden = false;
    this.bar.max = size;
    this.bar.value = done;
    this.words.textContent = l10n.t('{0} of {1} MB', ...[done, size].map((bytes) => Math.floor(bytes / MB)));
  }
}
