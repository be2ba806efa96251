import * as l10n from '@vscode/l10n';
import type { OfferedFix, OtherTechnique, RemedyCard } from '../src/protocol';
import { el } from './dom';
import { Keyed, type Entry } from './keyed';
import { OtherTechniques } from './otherTechniques';
import { remedyCard, type Offer, type RemedyEvents } from './remedyCard';

/** Remedies shown first; the seed document says to change one thing at a time. */
const FIRST = 3;

/** The recommended techniques, the first three in view and the rest behind "more". */
export class RemediesView {
  private readonly advice = el('p', { class: 'muted' });
  private readonly first = el('ol');
  private readonly rest = el('ol', { attributes: { start: String(FIRST + 1) } });
  private readonly summary = el('summary');
  private readonly more = el('details', { class: 'more' }, this.summary, this.rest);
  private readonly others: OtherTechniques;
  readonly element = el(
    'section',
    { attributes: { 'aria-label': l10n.t('Remedies') } },
    el('h2', {}, l10n.t('What to do')),
    this.advice,
    this.first,
    this.more,
  );
  private readonly opened = new Set<string>();
  private readonly lists: readonly Keyed<Offer>[];

  constructor(events: RemedyEvents) {
    const build = (offer: Offer): HTMLElement => remedyCard(offer, events, this.opened);
    this.others = new OtherTechniques(events);
    this.element.append(this.others.element);
    this.lists = [this.first, this.rest].map((list) => new Keyed(list, build));
  }

  /** @param disputed the user says that the finding behind the verdict is not so */
  update(
    remedies: readonly RemedyCard[],
    others: readonly OtherTechnique[],
    fixes: readonly OfferedFix[],
    disputed: boolean,
  ): void {
    const advice = disputed
      ? l10n.t('For what else was found. One change at a time, and measure.')
      : l10n.t('One change at a time, and measure.');
    if (this.advice.textContent !== advice) this.advice.textContent = advice;
    const script = fixes.find(({ kind }) => kind === 'python')?.file ?? null;
    const offers = remedies.map((remedy): Entry<Offer> => {
      const own = fixes.filter(({ technique }) => technique === remedy.technique);
      return { key: remedy.technique, item: { remedy, fixes: own, script } };
    });
    const hidden = Math.max(0, offers.length - FIRST);
    this.element.hidden = offers.length === 0;
    this.more.hidden = hidden === 0;
    const text = l10n.t('{0} more', hidden);
    if (this.summary.textContent !== text) this.summary.textContent = text;
    this.lists[0]!.show(offers.slice(0, FIRST));
    this.lists[1]!.show(offers.slice(FIRST));
    this.others.update(others, fixes);
  }
}
