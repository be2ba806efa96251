import * as l10n from '@vscode/l10n';
import type { Label, Severity } from '../analysis/diagnosis';
import type { RunState, RunSummary } from '../protocol';

/** How long ago, in one word: "now", "5 min", "3 h", "2 d". Times in ms since 1970. */
export function age(then: number, now: number): string {
  const minutes = Math.floor((now - then) / 60_000);
  if (minutes < 1) return l10n.t('now');
  if (minutes < 60) return l10n.t('{0} min', minutes);
  if (minutes < 48 * 60) return l10n.t('{0} h', Math.floor(minutes / 60));
  return l10n.t('{0} d', Math.floor(minutes / (24 * 60)));
}

/** A verdict in the user's language. */
export function labelWord(label: Label): string {
  const words: Readonly<Record<Label, string>> = {
    healthy: l10n.t('healthy'),
    overfitting: l10n.t('overfitting'),
    underfitting: l10n.t('underfitting'),
    unstable: l10n.t('unstable'),
    undetermined: l10n.t('undetermined'),
  };
  return words[label];
}

/** How a training stands, in the user's language. */
export function stateWord(state: RunState): string {
  const words: Readonly<Record<RunState, string>> = {
    running: l10n.t('running'),
    finished: l10n.t('finished'),
    stopped: l10n.t('stopped'),
    crashed: l10n.t('crashed'),
    unknown: l10n.t('unknown'),
  };
  return words[state];
}

/** How grave a finding is, in the user's language. */
export function severityWord(severity: Severity): string {
  const words: Readonly<Record<Severity, string>> = {
    error: l10n.t('error'),
    warning: l10n.t('warning'),
    info: l10n.t('info'),
  };
  return words[severity];
}

/** The verdict on a run in a word, for a status bar. @param unknown what to say before it was judged */
export function verdictWord({ label, dismissed = 0 }: RunSummary, unknown: string): string {
  if (label !== null) return labelWord(label);
  return dismissed > 0 ? l10n.t('no open finding') : unknown;
}

/**
 * Text for a notification. VS Code makes links of `[text](target)` in it, command links included, and paths and metric
 * names come from outside: such a link is broken up, and control characters are left out.
 */
export function plainMessage(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').replaceAll('](', ']\u200b(');
}
