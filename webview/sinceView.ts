import * as l10n from '@vscode/l10n';
import type { SinceBefore } from '../src/protocol';
import { button } from './controls';
import { el } from './dom';

/** What changed since the run before of the same script, and what that did. Gone where there is none. */
export class SinceView {
  readonly element = el('section', {
    class: 'since',
    attributes: { 'aria-label': l10n.t('Since the run before') },
  });
  private shown = '';

  constructor(private readonly compare: () => void) {
    this.element.hidden = true;
  }

  update(since: SinceBefore | null): void {
    const next = JSON.stringify(since);
    // It is told again with each word of the ledger: a button under the pointer must stay the same one.
    if (next === this.shown) return;
    this.shown = next;
    this.element.hidden = since === null;
    if (since === null) return this.element.replaceChildren();
    this.element.replaceChildren(
      el('p', {}, el('strong', {}, l10n.t('Since the run before: ')), since.changed),
      ...since.lines.map((text) => el('p', { class: 'muted' }, text)),
      button(l10n.t('Compare'), this.compare, { title: l10n.t('Show both runs in the same charts') }),
    );
  }
}
