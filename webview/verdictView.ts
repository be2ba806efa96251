import type { Diagnosis, Finding, Label, Verdict } from '../src/analysis/diagnosis';
import type { Assessment, RunSnapshot, RunSummary } from '../src/protocol';
import { badge } from './controls';
import { brief, el } from './dom';

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
const states: Readonly<Record<RunSummary['state'], string>> = {
  running: 'running',
  finished: 'finished',
  crashed: 'crashed',
  unknown: 'not growing',
};

/** Title line: the run, its state, how it was read. */
export function headerView(summary: RunSummary, skipped: RunSnapshot['skipped']): HTMLElement {
  const lost = skipped.lines > 0 ? `, ${skipped.lines} lines not understood` : '';
  const first = skipped.first ? `first: line ${skipped.first.line}: ${skipped.first.reason}` : '';
  return el(
    'header',
    { class: 'run' },
    el('h1', { title: summary.path }, summary.title),
    el('span', { class: `state ${summary.state}` }, states[summary.state]),
    el(
      'span',
      { class: 'muted', title: first },
      `read as ${summary.format}, ${summary.points} points${lost}`,
    ),
  );
}

/** The one word, how sure, and why. */
export function verdictView(assessment: Assessment | null): HTMLElement {
  if (!assessment) {
    return el('section', { class: 'verdict undetermined' }, el('p', {}, 'Analysing …'));
  }
  const { verdict } = assessment.diagnosis;
  const sure = verdict.label === 'undetermined' ? null : badge(`${Math.round(verdict.confidence * 100)} %`);
  const backend = assessment.backend;
  const by = backend ? `classifier: ${backend.name} on ${backend.device}` : 'detectors only';
  return el(
    'section',
    { class: `verdict ${verdict.label}`, attributes: { 'aria-label': 'Verdict' } },
    el(
      'h2',
      {},
      el('span', { class: 'symbol', attributes: { 'aria-hidden': 'true' } }, symbols[verdict.label]),
      words[verdict.label],
      sure,
    ),
    el('p', {}, verdict.why),
    probabilities(verdict, by),
  );
}

function probabilities({ probabilities: p, label }: Verdict, title: string): HTMLElement {
  const rows = (['healthy', 'overfitting', 'underfitting', 'unstable'] as const).map((name) => {
    const filled = el('span');
    filled.style.width = `${p[name] * 100}%`;
    return el(
      'li',
      { class: name === label ? `chosen ${name}` : name },
      el('span', {}, name),
      el('span', { class: 'bar', attributes: { 'aria-hidden': 'true' } }, filled),
      el('span', { class: 'share' }, `${Math.round(p[name] * 100)} %`),
    );
  });
  return el('ul', { class: 'probabilities', title }, ...rows);
}

/**
 * Every finding: since when, the best point before it, its sentence (the verdict's own sentence is not repeated); the
 * link shows the line of the log.
 */
export function findingsView(
  { findings, verdict }: Diagnosis,
  reveal: (line: number) => void,
): HTMLElement | null {
  if (findings.length === 0) return null;
  const items = findings.map((finding) => findingItem(finding, finding.message !== verdict.why, reveal));
  return el(
    'section',
    { attributes: { 'aria-label': 'Findings' } },
    el('h2', {}, 'Findings'),
    el('ul', {}, ...items),
  );
}

function findingItem(finding: Finding, withMessage: boolean, reveal: (line: number) => void): HTMLElement {
  const { id, severity, message, onset, best } = finding;
  const line = onset?.line ?? null;
  const show = (): void => void (line !== null && reveal(line));
  const link = { class: 'link', attributes: { type: 'button' }, on: { click: show } };
  const since = onset ? `since ${place(onset)}` : '';
  const before = best ? `best at ${place(best)}` : '';
  return el(
    'li',
    { class: `finding ${severity}` },
    el('strong', {}, id),
    el('span', { class: 'severity' }, severity),
    el(
      'p',
      { class: 'muted' },
      [since, before].filter(Boolean).join(', '),
      line === null ? null : ' ',
      line === null ? null : el('button', link, `line ${line}`),
    ),
    withMessage ? el('p', {}, message) : null,
  );
}

function place({ step, epoch }: { step: number; epoch: number | null }): string {
  return epoch === null ? `step ${brief(step)}` : `epoch ${brief(epoch)}`;
}
