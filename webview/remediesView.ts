import type { OfferedFix, RemedyCard } from '../src/protocol';
import { button } from './controls';
import { el } from './dom';

/** Remedies shown first; the seed document says to change one thing at a time. */
const FIRST = 3;

/** The recommended techniques, the first three open to view and the rest behind "more". */
export function remediesView(
  remedies: readonly RemedyCard[],
  fixes: readonly OfferedFix[],
  apply: (fix: OfferedFix) => void,
  opened: Set<string>,
): HTMLElement | null {
  if (remedies.length === 0) return null;
  const cards = remedies.map((remedy) => card(remedy, fixes, apply, opened));
  const rest = cards.slice(FIRST);
  const more = el(
    'details',
    { class: 'more' },
    el('summary', {}, `${rest.length} more`),
    el('ol', { attributes: { start: String(FIRST + 1) } }, ...rest),
  );
  remember(more, 'more', opened);
  return el(
    'section',
    { attributes: { 'aria-label': 'Remedies' } },
    el('h2', {}, 'What to do'),
    el('p', { class: 'muted' }, 'One change at a time, and measure.'),
    el('ol', {}, ...cards.slice(0, FIRST)),
    rest.length > 0 ? more : null,
  );
}

function card(
  remedy: RemedyCard,
  fixes: readonly OfferedFix[],
  apply: (fix: OfferedFix) => void,
  opened: Set<string>,
): HTMLElement {
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
  const details = el('details', {}, el('summary', {}, 'How, cost, when not'), facts);
  remember(details, remedy.technique, opened);
  return el(
    'li',
    { class: 'remedy' },
    el('h3', {}, remedy.title),
    el('p', {}, remedy.why),
    fixLine(remedy, fixes, apply),
    details,
  );
}

/** The button that writes it, or what it takes to get one. */
function fixLine(
  remedy: RemedyCard,
  fixes: readonly OfferedFix[],
  apply: (fix: OfferedFix) => void,
): HTMLElement | null {
  const fix = fixes.find(({ technique }) => technique === remedy.technique);
  if (fix)
    return el(
      'p',
      {},
      button(fix.title, () => apply(fix), { primary: true, title: `in ${fix.file}` }),
    );
  if (!remedy.fixes.includes('python')) return null;
  return el('p', { class: 'muted' }, 'Open your training script to have this written into it.');
}

/** Keeps a disclosure open over redraws. */
function remember(details: HTMLDetailsElement, name: string, opened: Set<string>): void {
  details.open = opened.has(name);
  details.addEventListener('toggle', () => (details.open ? opened.add(name) : opened.delete(name)));
}
