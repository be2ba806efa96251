import * as l10n from '@vscode/l10n';
import { labelWord, stateWord } from '../analysis/words';
import { listed } from '../listed';
import type { RunSummary } from '../protocol';

export { labelWord, severityWord, stateWord } from '../analysis/words';

/** How long ago, in one word: "now", "5 min", "3 h", "2 d". Times in ms since 1970. */
export function age(then: number, now: number): string {
  const minutes = Math.floor((now - then) / 60_000);
  if (minutes < 1) return l10n.t('now');
  if (minutes < 60) return l10n.t('{0} min', minutes);
  if (minutes < 48 * 60) return l10n.t('{0} h', Math.floor(minutes / 60));
  return l10n.t('{0} d', Math.floor(minutes / (24 * 60)));
}

/** The verdict on a run in a word, for a status bar. @param unknown what to say before it was judged */
export function verdictWord({ label, dismissed = 0 }: RunSummary, unknown: string): string {
  if (label !== null) return labelWord(label);
  return dismissed > 0 ? l10n.t('no open finding') : unknown;
}

/**
 * What matters most of a run, and since when: a crash comes before the verdict, and one that was healthy until then is no
 * healthy run. @param unknown what to say before it was judged
 */
export function headline(run: RunSummary, unknown: string): string {
  const verdict = verdictWord(run, unknown);
  const told = run.since === null ? verdict : l10n.t('{0} since {1}', verdict, run.since);
  if (run.state !== 'crashed') return told;
  return isFault(run.label) ? listed([stateWord(run.state), told]) : stateWord(run.state);
}

/** Whether a verdict names something that is the matter. */
export function isFault(label: RunSummary['label']): boolean {
  return label === 'overfitting' || label === 'underfitting' || label === 'unstable';
}

/**
 * Text for a notification. VS Code makes links of `[text](target)` in it, command links included, and paths and metric
 * names come from outside: such a link is broken up, and control characters are left out.
 */
export function plainMessage(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').replaceAll('](', ']\u200b(');
}
