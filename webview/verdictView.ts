import * as l10n from '@vscode/l10n';
import type { Incident, Label, Stopping, Verdict } from '../src/analysis/diagnosis';
import type { Assessment, DismissedFinding } from '../src/protocol';
import { badge } from './controls';
import { el } from './dom';
import { reasons } from './findingItem';

const words: Readonly<Record<Label, string>> = {
  healthy: 'Healthy',
  overfitting: 'Overfitting',
  underfitting: 'Underfitting',
  unstable: 'Unstable',
  undetermined: 'Not determined yet',
};
const symbols: Readonly<Record<Label, string>> = {
  healthy: '✓',
  overfitting: '▲',
  underfitting: '▼',
  unstable: '✕',
  undetermined: '…',
};
const happened: Readonly<Record<Incident['id'], string>> = {
  crashed: 'Crashed:',
  stalled: 'Stalled:',
  'throughput-drop': 'Slower:',
};
/** A run that learned well and came to nothing is not simply healthy. */
const until: Partial<Readonly<Record<Incident['id'], string>>> = {
  crashed: 'until it crashed',
  stalled: 'until it stalled',
};
const families = ['healthy', 'overfitting', 'underfitting', 'unstable'] as const;

/** A label in words. */
export function verdictWord(label: Label): string {
  return words[label];
}

/** The verdict in one line, as it is spoken. */
export function spokenVerdict({ label, confidence }: Verdict): string {
  return label === 'undetermined' ? words[label] : `Verdict: ${words[label]}, ${percent(confidence)}`;
}

export interface Judged {
  /** Where the trouble begins, in words; null where there is none. */
  since: string | null;
  /** The finding behind the verdict, where the user says that it is not so. */
  disputed: (DismissedFinding & { title: string }) | null;
  verdict: Verdict;
  incidents: readonly Incident[];
  stopping: Stopping | null;
  backend: Assessment['backend'];
  /** Of the log of a run that crashed or stalls. */
  lastLines: readonly string[];
}

/** The one word, how sure, and why. */
export function verdictView(judged: Judged | null): HTMLElement {
  if (!judged) {
    return el('section', { class: 'verdict undetermined' }, el('p', {}, 'Analysing …'));
  }
  const { verdict, incidents, stopping, backend, disputed, lastLines } = judged;
  const { label } = verdict;
  const told = incidents.map(({ id, severity, message }) =>
    el('p', { class: `incident ${severity}` }, el('strong', {}, happened[id]), ` ${message}`),
  );
  const died = incidents.some(({ severity }) => severity === 'error');
  return el(
    'section',
    { class: `verdict ${disputed ? 'disputed' : label}`, attributes: { 'aria-label': 'Verdict' } },
    el(
      'h2',
      {},
      el('span', { class: 'symbol', attributes: { 'aria-hidden': 'true' } }, symbols[label]),
      words[label],
      label === 'undetermined' ? null : badge(percent(verdict.confidence)),
      when(judged),
    ),
    disputed ? el('p', { class: 'dispute' }, dispute(disputed)) : null,
    ...(died ? told : []),
    el('p', {}, verdict.why),
    ...(died ? [] : told),
    lastLines.length > 0
      ? el(
          'pre',
          { attributes: { tabindex: '0', 'aria-label': 'Last lines of the log' } },
          lastLines.join('\n'),
        )
      : null,
    stopping
      ? el('p', { class: 'stopping' }, el('strong', {}, 'Nothing more to win:'), ` ${stopping.message}`)
      : null,
    probabilities(verdict, backend),
  );
}

/** Since when a run is ill, or until what it was well. */
function when({ verdict: { label }, since, incidents }: Judged): HTMLElement | null {
  const end = incidents.find(({ id }) => id in until)?.id;
  const text =
    label === 'healthy'
      ? end && until[end]
      : label !== 'undetermined' && since !== null
        ? `since ${since}`
        : undefined;
  return text === undefined ? null : el('span', { class: 'when' }, text);
}

/** Whose word is whose: the verdict stays the analyzer's own. */
function dispute({ title, reason }: NonNullable<Judged['disputed']>): string {
  return l10n.t(
    'You say that {0}, on which this rests, is not so ({1}). The analyzer still says:',
    l10n.t('"{0}"', title),
    reasons[reason],
  );
}

/** What the classifier gives each family; nothing beside a verdict that is none, which bars would gainsay. */
function probabilities(
  { probabilities: p, label }: Verdict,
  backend: Assessment['backend'],
): HTMLElement | null {
  if (label === 'undetermined' || !families.some((name) => p[name] > 0)) return null;
  const rows = families.map((name) => {
    const filled = el('span');
    filled.style.width = `${p[name] * 100}%`;
    return el(
      'li',
      { class: name === label ? 'chosen' : '' },
      el('span', {}, words[name]),
      el('span', { class: 'bar', attributes: { 'aria-hidden': 'true' } }, filled),
      el('span', { class: 'share' }, percent(p[name])),
    );
  });
  const by = backend ? `Classifier: ${backend.name} on ${backend.device}` : 'Detectors only';
  return el(
    'div',
    { class: 'probabilities' },
    el('ul', { attributes: { 'aria-label': 'Probabilities' } }, ...rows),
    el('p', { class: 'muted' }, by),
  );
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
