import * as l10n from '@vscode/l10n';
import type { RunStatus } from '../runs/run';
import type { Label, Severity } from './diagnosis';

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

/** How bad a finding is, in the user's language. */
export function severityWord(severity: Severity): string {
  const words: Readonly<Record<Severity, string>> = {
    error: l10n.t('error'),
    warning: l10n.t('warning'),
    info: l10n.t('info'),
  };
  return words[severity];
}

/** How a training stands, in the user's language. */
export function stateWord(state: RunStatus): string {
  const words: Readonly<Record<RunStatus, string>> = {
    running: l10n.t('running'),
    finished: l10n.t('finished'),
    stopped: l10n.t('stopped'),
    crashed: l10n.t('crashed'),
    unknown: l10n.t('not growing'),
  };
  return words[state];
}
