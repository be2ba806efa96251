import * as l10n from '@vscode/l10n';
import type { SymptomId } from '../analysis/diagnosis';
import { listed } from '../listed';
import type { RunSummary } from '../protocol';
import { labelWord } from './words';

/** A run that has turned for the worse. */
export interface Turn {
  readonly run: RunSummary;
  /** The sentence of the finding behind it, where it is known. */
  readonly message: string | undefined;
}

/** Runs that are named when several turn bad at once. */
const NAMED = 3;

/**
 * The serious findings of a run that goes on, of which nothing was said yet. Empty for a healthy one, and for one that
 * has ended: nothing can be saved there.
 * @param told whether something was said of a symptom of this run
 */
export function newTroubles(run: RunSummary, told: (id: SymptomId) => boolean): SymptomId[] {
  if (run.state !== 'running') return [];
  return run.symptoms.filter(({ id, severity }) => severity === 'error' && !told(id)).map(({ id }) => id);
}

/** One notification for all runs that turned bad together. */
export function noticeOf(turns: readonly Turn[]): string {
  const [first] = turns;
  if (turns.length === 1) return l10n.t('{0}: {1}', first!.run.title, first!.message ?? inShort(first!.run));
  const named = turns.slice(0, NAMED).map(({ run }) => l10n.t('{0} ({1})', run.title, inShort(run)));
  const more = turns.length - named.length;
  const list = more > 0 ? l10n.t('{0} and {1} more', listed(named), more) : listed(named);
  return l10n.t('{0} runs have turned bad: {1}', turns.length, list);
}

function inShort({ label, symptoms, since }: RunSummary): string {
  const family = label ?? symptoms[0]?.family;
  const what = family === undefined ? '' : labelWord(family);
  return since === null ? what : l10n.t('{0} since {1}', what, since);
}
