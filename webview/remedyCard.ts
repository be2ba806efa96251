import * as l10n from '@vscode/l10n';
import type { OfferedFix, RemedyCard } from '../src/protocol';
import { button } from './controls';
import { coded, el, link } from './dom';

/** A remedy with the fixes that can be written for it now. */
export interface Offer {
  remedy: RemedyCard;
  fixes: readonly OfferedFix[];
  /** Name of a script into which other remedies can be written; null where none is known. */
  script: string | null;
}

export interface RemedyEvents {
  /** Shows the edit as a diff, from where it can be applied. */
  preview(fix: OfferedFix): void;
  apply(fix: OfferedFix): void;
  /** Shows the page of the technique. */
  learn(technique: RemedyCard['technique']): void;
}

/** One technique: why here, the change with its buttons, its cost and how to tell; the rest behind a disclosure. */
export function remedyCard(
  { remedy, fixes, script }: Offer,
  events: RemedyEvents,
  opened: Set<string>,
): HTMLElement {
  return el(
    'li',
    { class: 'remedy' },
    el('h3', {}, remedy.title),
    el('p', {}, remedy.why),
    ...(fixes.length > 0 ? fixes.map((fix, i) => change(fix, events, i === 0)) : noChange(remedy, script)),
    el(
      'dl',
      { class: 'brief' },
      fact(l10n.t('Cost'), remedy.cost),
      fact(l10n.t('How to tell'), remedy.check),
      fact(l10n.t('Source'), l10n.t('Regularization Techniques, “{0}”', remedy.section)),
    ),
    details(remedy, opened, () => events.learn(remedy.technique)),
  );
}

/** What it takes to get an edit, or that this script has no place for one. */
function noChange(remedy: RemedyCard, script: string | null): HTMLElement[] {
  if (!remedy.fixes.includes('python')) return [];
  const text =
    script === null
      ? l10n.t('Open your training script to have this written into it.')
      : l10n.t('{0} has no place where this can be written for certain.', script);
  return [el('p', { class: 'muted' }, text)];
}

/** An edit: what it changes in which file, a button that shows it first, and one that writes it at once. */
export function change(fix: OfferedFix, events: RemedyEvents, primary = false): HTMLElement {
  const { file } = fix;
  const title = fix.title.replaceAll('`', '');
  const preview = button(l10n.t('Preview in {0}', file), () => events.preview(fix), {
    primary,
    title: l10n.t('Show the change as a diff: {0} ({1})', title, file),
  });
  const apply = button(l10n.t('Apply'), () => events.apply(fix), {
    title: l10n.t('Apply without a preview: {0} ({1})', title, file),
  });
  preview.dataset['key'] = `preview ${fix.technique} ${fix.kind}`;
  apply.dataset['key'] = `${fix.technique} ${fix.kind}`;
  return el(
    'div',
    { class: 'fix' },
    el('p', { class: 'change' }, ...coded(fix.title)),
    el('div', { class: 'buttons' }, preview, apply),
  );
}

function fact(name: string, text: string): HTMLElement {
  return el('div', {}, el('dt', {}, name), el('dd', {}, text));
}

function details(remedy: RemedyCard, opened: Set<string>, learn: () => void): HTMLElement {
  const { technique } = remedy;
  const facts = el(
    'dl',
    {},
    fact(l10n.t('What it does'), remedy.what),
    ...remedy.typical.map(({ context, value }) => fact(l10n.t('Usual: {0}', context), value)),
    fact(l10n.t('Not when'), remedy.notWhen),
    ...remedy.cautions.map((text) => fact(l10n.t('Mind'), text)),
  );
  const summary = el(
    'summary',
    { attributes: { 'data-key': `about ${technique}` } },
    l10n.t('How, usual values, when not'),
  );
  const more = link(l10n.t('Learn more: code, values, how to check'), `learn ${technique}`, learn);
  const element = el('details', {}, summary, facts, el('p', {}, more));
  element.open = opened.has(technique);
  const remember = (open: boolean): unknown => (open ? opened.add(technique) : opened.delete(technique));
  // The browser tells of a toggle in a later task. A card that is drawn anew before that must know it already, so the
  // click counts at once; the toggle tells of what needs no click (a search in the page), while the card is shown.
  summary.addEventListener('click', () => remember(!element.open));
  element.addEventListener('toggle', () => element.isConnected && remember(element.open));
  return element;
}
