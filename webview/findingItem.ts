import type { Finding, SymptomNote } from '../src/analysis/diagnosis';
import type { DismissedFinding } from '../src/protocol';
import { el, link } from './dom';
import { brief, position } from './words';

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
  dismiss(finding: DismissedFinding): void;
  restore(id: Finding['id']): void;
}

export const reasons: Readonly<Record<DismissedFinding['reason'], string>> = {
  design: 'expected by design',
  misread: 'the metric was misread',
  noise: 'it is noise',
  other: 'another reason',
};

/** One finding: since when, its sentence, and behind a disclosure the evidence and how to disagree. */
export function findingItem(item: Item, events: FindingEvents, opened: Set<string>): HTMLElement {
  const { finding, withMessage, dismissed } = item;
  const { id, severity, message, onset, best } = finding;
  const times = [onset ? `since ${place(onset)}` : '', best ? `best at ${place(best)}` : ''];
  return el(
    'li',
    { class: `finding ${severity}` },
    // By its id it is looked up in the documentation.
    el('strong', { title: id }, item.note?.title ?? id),
    el('span', { class: 'severity' }, severity),
    el('p', { class: 'muted' }, times.filter(Boolean).join(', '), ...lineLink(finding, events)),
    withMessage || dismissed !== null ? el('p', {}, message) : null,
    evidence(item, opened, dismissed === null ? notSo(id, events) : null),
    dismissed === null ? null : takenBack(id, dismissed, events),
  );
}

function lineLink(finding: Finding, events: FindingEvents): (Node | string)[] {
  const line = finding.onset?.line ?? null;
  if (line === null) return [];
  return [', ', link(`line ${position(line)}`, `line of ${finding.id}`, () => events.reveal(finding))];
}

/** The numbers, the definition with its source, what could make it a false alarm, and how to say that it is one. */
function evidence(
  { finding: { id, evidence: numbers }, note }: Item,
  opened: Set<string>,
  objection: HTMLElement | null,
): HTMLElement {
  const facts = Object.entries(numbers).map(([name, value]) => fact(spaced(name), brief(value)));
  const known = note
    ? [
        fact('Told when', note.threshold),
        fact('Source', note.source),
        fact('False alarm if', note.falseAlarm),
      ]
    : [];
  const summary = el('summary', { attributes: { 'data-key': `evidence of ${id}` } }, 'Evidence and doubts');
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
  const choices = (Object.keys(reasons) as DismissedFinding['reason'][]).flatMap((reason, i) => [
    i > 0 ? ' · ' : ' ',
    link(reasons[reason], `${reason} ${id}`, () => events.dismiss({ id, reason })),
  ]);
  return el('p', { class: 'not-so muted' }, 'This is not so:', ...choices);
}

function takenBack(
  id: Finding['id'],
  reason: DismissedFinding['reason'],
  events: FindingEvents,
): HTMLElement {
  const again = link('restore', `restore ${id}`, () => events.restore(id));
  return el('p', { class: 'not-so muted' }, `You say it is not so: ${reasons[reason]}. `, again);
}

function fact(name: string, text: string): HTMLElement {
  return el('div', {}, el('dt', {}, name), el('dd', {}, text));
}

/** `bestVal` as "best val". */
function spaced(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function place({ step, epoch }: { step: number; epoch: number | null }): string {
  return epoch === null ? `step ${position(step)}` : `epoch ${position(epoch)}`;
}
