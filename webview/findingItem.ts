import * as l10n from '@vscode/l10n';
import type { Finding, Spot, SymptomNote } from '../src/analysis/diagnosis';
import type { DismissedFinding } from '../src/protocol';
import { reasonWord } from '../src/reasonWord';
import { el, link, woven } from './dom';
import { evidenceName, evidenceText } from './evidenceNames';
import { position } from './words';

export interface Item {
  finding: Finding;
  note: SymptomNote | null;
  /** The verdict's own sentence is not repeated. */
  withMessage: boolean;
  /** Why the user says that it is not so; null where they do not. */
  dismissed: DismissedFinding['reason'] | null;
}

export interface FindingEvents {
  /** Shows where it begins in the log. */
  reveal(finding: Finding): void;
  /** Shows where it is in the charts. */
  show(id: Finding['id']): void;
  dismiss(finding: DismissedFinding): void;
  restore(id: Finding['id']): void;
}

const reasons = ['design', 'misread', 'noise', 'other'] as const;

/** One finding: since when, its sentence, and behind a disclosure the evidence and how to disagree. */
export function findingItem(item: Item, events: FindingEvents, opened: Set<string>): HTMLElement {
  const { finding, withMessage, dismissed } = item;
  const { id, severity, message } = finding;
  return el(
    'li',
    { class: `finding ${severity}` },
    // By its id it is looked up in the documentation.
    el('strong', { title: id }, item.note?.title ?? id),
    el('span', { class: 'severity' }, severityWord(severity)),
    el('p', { class: 'muted' }, ...places(item, events)),
    withMessage || dismissed !== null ? el('p', {}, message) : null,
    evidence(item, opened, dismissed === null ? notSo(id, events) : null),
    dismissed === null ? null : takenBack(id, dismissed, events),
  );
}

function severityWord(severity: Finding['severity']): string {
  const words: Readonly<Record<Finding['severity'], string>> = {
    error: l10n.t('error'),
    warning: l10n.t('warning'),
    info: l10n.t('info'),
  };
  return words[severity];
}

/** Since when and where the best point is, which leads to the charts, and a link to the line of the log. */
function places({ finding, dismissed }: Item, events: FindingEvents): (Node | string)[] {
  const { id, onset } = finding;
  const text = when(finding);
  if (text === null) return [];
  // Of what is not so the charts show nothing.
  const where = dismissed === null ? link(text, `place of ${id}`, () => events.show(id)) : text;
  if (!onset || onset.line === null) return [where];
  const line = l10n.t('line {0}', position(onset.line));
  return woven(
    l10n.t('{0}, {1}'),
    where,
    link(line, `line of ${id}`, () => events.reveal(finding)),
  );
}

function when({ onset, best }: Finding): string | null {
  if (onset && best) return l10n.t('since {0}, best at {1}', place(onset), place(best));
  if (onset) return l10n.t('since {0}', place(onset));
  return best ? l10n.t('best at {0}', place(best)) : null;
}

/** The numbers, the definition with its source, what could make it a false alarm, and how to say that it is one. */
function evidence(
  { finding: { id, evidence: numbers }, note }: Item,
  opened: Set<string>,
  objection: HTMLElement | null,
): HTMLElement {
  const facts = Object.entries(numbers).map(([name, value]) =>
    fact(evidenceName(name), evidenceText(name, value)),
  );
  const known = note
    ? [
        fact(l10n.t('Told when'), note.threshold),
        fact(l10n.t('Source'), note.source),
        fact(l10n.t('False alarm if'), note.falseAlarm),
      ]
    : [];
  const summary = el(
    'summary',
    { attributes: { 'data-key': `evidence of ${id}` } },
    l10n.t('Evidence and doubts'),
  );
  const element = el(
    'details',
    {},
    summary,
    facts.length > 0 ? el('dl', { class: 'numbers' }, ...facts) : null,
    known.length > 0 ? el('dl', {}, ...known) : null,
    objection,
  );
  element.open = opened.has(id);
  const remember = (open: boolean): unknown => (open ? opened.add(id) : opened.delete(id));
  // As in a remedy's card: the click counts at once, since the browser tells of a toggle only later.
  summary.addEventListener('click', () => remember(!element.open));
  element.addEventListener('toggle', () => element.isConnected && remember(element.open));
  return element;
}

function notSo(id: Finding['id'], events: FindingEvents): HTMLElement {
  const choices = reasons.flatMap((reason, i) => [
    i > 0 ? ' · ' : ' ',
    link(reasonWord(reason), `${reason} ${id}`, () => events.dismiss({ id, reason })),
  ]);
  return el('p', { class: 'not-so muted' }, l10n.t('This is not so:'), ...choices);
}

function takenBack(
  id: Finding['id'],
  reason: DismissedFinding['reason'],
  events: FindingEvents,
): HTMLElement {
  const again = link(l10n.t('restore'), `restore ${id}`, () => events.restore(id));
  return el('p', { class: 'not-so muted' }, l10n.t('You say it is not so: {0}. ', reasonWord(reason)), again);
}

function fact(name: string, text: string): HTMLElement {
  return el('div', {}, el('dt', {}, name), el('dd', {}, text));
}

/** By what its curve counts, as the sentence beside it. */
function place({ step, epoch, axis = 'epoch' }: Spot): string {
  if (axis === 'epoch' && epoch !== null) return l10n.t('epoch {0}', position(epoch));
  return axis === 'index' ? l10n.t('point {0}', position(step)) : l10n.t('step {0}', position(step));
}
