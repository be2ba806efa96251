import type { OfferedFix, RemedyCard } from '../src/protocol';
import { button } from './controls';
import { el, link } from './dom';

/** A remedy with the fixes that can be written for it now. */
export interface Offer {
  remedy: RemedyCard;
  fixes: readonly OfferedFix[];
}

export interface RemedyEvents {
  apply(fix: OfferedFix): void;
  /** Shows the page of the technique. */
  learn(technique: RemedyCard['technique']): void;
}

/** One technique: why here, the button that writes it, and the rest behind a disclosure. */
export function remedyCard({ remedy, fixes }: Offer, events: RemedyEvents, opened: Set<string>): HTMLElement {
  return el(
    'li',
    { class: 'remedy' },
    el('h3', {}, remedy.title),
    el('p', {}, remedy.why),
    ...fixLines(remedy, fixes, (fix) => events.apply(fix)),
    details(remedy, opened, () => events.learn(remedy.technique)),
  );
}

/** The button that writes it, or what it takes to get one. */
function fixLines(
  remedy: RemedyCard,
  fixes: readonly OfferedFix[],
  apply: (fix: OfferedFix) => void,
): HTMLElement[] {
  if (fixes.length === 0 && remedy.fixes.includes('python'))
    return [el('p', { class: 'muted' }, 'Open your training script to have this written into it.')];
  return fixes.map((fix) => {
    const write = button(fix.title, () => apply(fix), { primary: true, title: `in ${fix.file}` });
    write.dataset['key'] = `${fix.technique} ${fix.kind}`;
    return el('p', { class: 'fix' }, write, el('span', { class: 'muted' }, `in ${fix.file}`));
  });
}

function details(remedy: RemedyCard, opened: Set<string>, learn: () => void): HTMLElement {
  const { technique } = remedy;
  const fact = (name: string, text: string): HTMLElement =>
    el('div', {}, el('dt', {}, name), el('dd', {}, text));
  const facts = el(
    'dl',
    {},
    fact('What it does', remedy.what),
    ...remedy.typical.map(({ context, value }) => fact(`Usual: ${context}`, value)),
    fact('Cost', remedy.cost),
    fact('How to tell', remedy.check),
    fact('Not when', remedy.notWhen),
    ...remedy.cautions.map((text) => fact('Mind', text)),
    fact('Source', `Regularization Techniques, “${remedy.section}”`),
  );
  const summary = el('summary', { attributes: { 'data-key': `about ${technique}` } }, 'How, cost, when not');
  const more = el('p', {}, link('Learn more: code, values, how to check', `learn ${technique}`, learn));
  const element = el('details', {}, summary, facts, more);
  element.open = opened.has(technique);
  const remember = (open: boolean): unknown => (open ? opened.add(technique) : opened.delete(technique));
  // The browser tells of a toggle in a later task. A card that is drawn anew before that must know it already, so the
  // click counts at once; the toggle tells of what needs no click (a search in the page), while the card is shown.
  summary.addEventListener('click', () => remember(!element.open));
  element.addEventListener('toggle', () => element.isConnected && remember(element.open));
  return element;
}
