import * as l10n from '@vscode/l10n';
import type { Incident, Label, Severity, Stopping, Verdict } from '../src/analysis/diagnosis';
import type { Assessment, DismissedFinding } from '../src/protocol';
import { reasonWord } from '../src/reasonWord';
import { sureness } from '../src/sureness';
import { badge } from './controls';
import { el } from './dom';

const symbols: Readonly<Record<Label, string>> = {
  healthy: '✓',
  overfitting: '▲',
  underfitting: '▼',
  unstable: '✕',
  undetermined: '…',
};
const families = ['healthy', 'overfitting', 'underfitting', 'unstable'] as const;

/** A label in words. @param ended nothing more is to come of which it could be told */
export function verdictWord(label: Label, ended = false): string {
  const words: Readonly<Record<Label, string>> = {
    healthy: l10n.t('Healthy'),
    overfitting: l10n.t('Overfitting'),
    underfitting: l10n.t('Underfitting'),
    unstable: l10n.t('Unstable'),
    undetermined: ended ? l10n.t('Not determined') : l10n.t('Not determined yet'),
  };
  return words[label];
}

/** The verdict in one line, as it is spoken. */
export function spokenVerdict({ label, confidence }: Verdict): string {
  const word = verdictWord(label);
  return label === 'undetermined' ? word : l10n.t('Verdict: {0}, {1}', word, sureness(confidence));
}

export interface Judged {
  /** Where the trouble begins, in words; null where there is none. */
  since: string | null;
  /** The finding behind the verdict, where the user says that it is not so. */
  disputed: (DismissedFinding & { title: string }) | null;
  verdict: Verdict;
  /** How bad the finding behind it is; null where there is none. */
  severity: Severity | null;
  /** The training is over. */
  ended: boolean;
  /** Which of the trainings in the log it is about; null where there is one. */
  scope: string | null;
  /** The charts tell that training from the others. */
  othersFaint: boolean;
  incidents: readonly Incident[];
  stopping: Stopping | null;
  backend: Assessment['backend'];
  /** Of the log of a run that crashed or stalls. */
  lastLines: readonly string[];
}

/** The one word, how sure, and why. */
export function verdictView(judged: Judged | null): HTMLElement {
  if (!judged) {
    return el('section', { class: 'verdict undetermined' }, el('p', {}, l10n.t('Analysing …')));
  }
  const { verdict, scope, othersFaint, incidents, stopping, backend, disputed, lastLines } = judged;
  const { label } = verdict;
  const told = incidents.map(({ id, severity, message }) =>
    el('p', { class: `incident ${severity}` }, el('strong', {}, happened(id)), message),
  );
  const died = incidents.some(({ severity }) => severity === 'error');
  return el(
    'section',
    { class: `verdict ${toneOf(judged)}`, attributes: { 'aria-label': l10n.t('Verdict') } },
    el(
      'h2',
      {},
      el('span', { class: 'symbol', attributes: { 'aria-hidden': 'true' } }, symbols[label]),
      verdictWord(label, judged.ended),
      label === 'undetermined' ? null : badge(sureness(verdict.confidence)),
      when(judged),
    ),
    disputed ? el('p', { class: 'dispute' }, dispute(disputed)) : null,
    ...(died ? told : []),
    el('p', {}, verdict.why),
    ...(died ? [] : told),
    scope === null
      ? null
      : el('p', { class: 'muted' }, scope, othersFaint ? ` ${l10n.t('The others are drawn faint.')}` : null),
    lastLines.length > 0
      ? el(
          'pre',
          { attributes: { tabindex: '0', 'aria-label': l10n.t('Last lines of the log') } },
          lastLines.join('\n'),
        )
      : null,
    stopping
      ? el('p', { class: 'stopping' }, el('strong', {}, l10n.t('Nothing more to gain: ')), stopping.message)
      : null,
    probabilities(verdict, backend),
  );
}

/** As loud as the finding behind it: what is only worth a thought is no alarm, here as in the Runs view. */
function toneOf({ disputed, verdict: { label }, severity }: Judged): string {
  if (disputed) return 'disputed';
  return label === 'healthy' || label === 'undetermined' ? label : (severity ?? 'warning');
}

function happened(id: Incident['id']): string {
  const words: Readonly<Record<Incident['id'], string>> = {
    crashed: l10n.t('Crashed: '),
    stalled: l10n.t('Stalled: '),
    'throughput-drop': l10n.t('Slower: '),
  };
  return words[id];
}

/** A run that learned well and came to nothing is not simply healthy. */
function until(id: Incident['id']): string | undefined {
  if (id === 'crashed') return l10n.t('until it crashed');
  return id === 'stalled' ? l10n.t('until it stalled') : undefined;
}

/** Since when a run is ill, or until what it was well. */
function when({ verdict: { label }, since, incidents }: Judged): HTMLElement | null {
  const text =
    label === 'healthy'
      ? incidents.map(({ id }) => until(id)).find((end) => end !== undefined)
      : label !== 'undetermined' && since !== null
        ? l10n.t('since {0}', since)
        : undefined;
  return text === undefined ? null : el('span', { class: 'when' }, text);
}

/** Whose word is whose: the verdict stays the analyzer's own. */
function dispute({ title, reason }: NonNullable<Judged['disputed']>): string {
  return l10n.t(
    'You say that {0}, on which this rests, is not so ({1}). The analyzer still says:',
    l10n.t('"{0}"', title),
    reasonWord(reason),
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
      el('span', {}, verdictWord(name)),
      el('span', { class: 'bar', attributes: { 'aria-hidden': 'true' } }, filled),
      el('span', { class: 'share' }, sureness(p[name])),
    );
  });
  const by = backend
    ? l10n.t('Classifier: {0} on {1}', backend.name, backend.device)
    : l10n.t('Detectors only');
  return el(
    'div',
    { class: 'probabilities' },
    el('ul', { attributes: { 'aria-label': l10n.t('Probabilities') } }, ...rows),
    el('p', { class: 'muted' }, by),
  );
}
