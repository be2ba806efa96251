import * as l10n from '@vscode/l10n';
import type { Incident } from '../analysis/diagnosis';
import type { Assessment, RunSummary } from '../protocol';
import type { StreamEnd } from '../streams/meta';

/** How a program ended that wrote a log. */
export interface ProgramEnd {
  /** Null where that is not known. */
  readonly how: StreamEnd | null;
  readonly exitCode: number | null;
}

/**
 * A run whose program is over: a log that says nothing of its end looks as if it went on until its silence tells. What the log itself
 * says of its end holds: a program may fail after its training.
 * @param end null where nothing is known of the program, or somebody else went on with the log
 */
export function ended(run: RunSummary, end: ProgramEnd | null): RunSummary {
  return end && isOpen(run) ? { ...run, state: end.how ?? 'unknown' } : run;
}

/** What was said of a run whose program is over: it does not stall, and an exit code may say that it crashed. */
export function assessedAsEnded(
  assessment: Assessment,
  run: Pick<RunSummary, 'state'>,
  end: ProgramEnd | null,
): Assessment {
  if (!end || !isOpen(run)) return assessment;
  const { incidents } = assessment.diagnosis;
  const others = incidents.filter(({ id }) => id !== 'stalled');
  const crash = end.how === 'crashed' && end.exitCode !== null ? [crashOf(end.exitCode)] : [];
  if (others.length === incidents.length && crash.length === 0) return assessment;
  return { ...assessment, diagnosis: { ...assessment.diagnosis, incidents: [...crash, ...others] } };
}

/** Whether a log says nothing of its end. */
function isOpen({ state }: Pick<RunSummary, 'state'>): boolean {
  return state === 'running' || state === 'unknown';
}

function crashOf(exitCode: number): Incident {
  return {
    ...{ id: 'crashed', severity: 'error', step: null, line: null, evidence: { exitCode } },
    message: l10n.t('The training ended with an error: {0}', l10n.t('exit code {0}', exitCode)),
  };
}
