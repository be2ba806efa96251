import * as l10n from '@vscode/l10n';
import type { OfferedFix, OtherTechnique } from '../src/protocol';
import { el, link } from './dom';
import { Keyed } from './keyed';
import { change, type RemedyEvents } from './remedyCard';

interface Item {
  other: OtherTechnique;
  fixes: readonly OfferedFix[];
}

/** Every technique that is not recommended for the run, folded: each with its page, and with its edit where it can be written. */
export class OtherTechniques {
  private readonly list = el('ul', { class: 'techniques' });
  private readonly summary = el('summary', {}, l10n.t('All techniques'));
  readonly element = el('details', { class: 'more' }, this.summary, this.list);
  private readonly items: Keyed<Item>;

  constructor(events: RemedyEvents) {
    this.items = new Keyed(this.list, (item) => technique(item, events));
  }

  update(others: readonly OtherTechnique[], fixes: readonly OfferedFix[]): void {
    this.element.hidden = others.length === 0;
    this.items.show(
      others.map((other) => ({
        key: other.technique,
        item: { other, fixes: fixes.filter((fix) => fix.technique === other.technique) },
      })),
    );
  }
}

function technique({ other, fixes }: Item, events: RemedyEvents): HTMLElement {
  const learn = link(l10n.t('Learn more'), `learn ${other.technique}`, () => events.learn(other.technique));
  learn.setAttribute('aria-label', l10n.t('Learn more: {0}', other.title));
  return el(
    'li',
    { class: 'technique' },
    el('h3', {}, other.title),
    el('p', {}, other.what),
    ...(other.unfitFor === null
      ? []
      : [el('p', { class: 'muted' }, l10n.t('No part of {0}.', other.unfitFor))]),
    ...fixes.map((fix) => change(fix, events)),
    el('p', {}, learn),
  );
}
