import type { RunStatus, Silence } from './run';
import type { RunBuilder } from './runBuilder';

/** A log that grew this recently belongs to a training that goes on (ms). Slow epochs are covered by the next rule. */
const FRESH = 60_000;
/** A file that was complete this soon after it was made has been copied (ms). */
const WRITTEN_AT_ONCE = 5_000;
/** Beyond `FRESH`, a run counts as going on for this many of its own usual intervals between points. */
const INTERVALS = 5;

/** When the files of a run were made and last changed, ms since 1970; `created` is 0 where that is not known. */
export interface FileTimes {
  created: number;
  modified: number;
}

/**
 * How the training stands: what the log says of its end, else whether its planned end was reached, else whether it
 * still grows. Hours-long epochs are judged by the run's own rhythm: a run that is only slow must not be told that it
 * was stopped.
 * @param now ms since 1970
 */
export function statusOf(run: RunBuilder, times: FileTimes, now: number): RunStatus {
  if (run.ending) return run.ending.how;
  if (reachedPlannedEnd(run)) return 'finished';
  if (run.points === 0) return 'unknown';
  const quiet = now - times.modified;
  return quiet < Math.max(FRESH, INTERVALS * usualInterval(run, times)) ? 'running' : 'unknown';
}

/** A run is stalled after this many of its usual intervals without a new line. Source: the symptom list. */
const STALLED = 10;
/** A log that has been quiet for longer is an old log, not a training that stalls (ms). */
const ABANDONED = 24 * 60 * 60_000;

/**
 * The silence of a run that should go on: seen to grow, or planned to go further than it got. Null for a run that ended,
 * and for one whose rhythm is not known.
 * @param grew whether the log was seen to grow
 */
export function silenceOf(run: RunBuilder, times: FileTimes, now: number, grew: boolean): Silence | null {
  if (run.ending || run.points === 0 || reachedPlannedEnd(run)) return null;
  // What only the settings plan, early stopping may have cut short.
  const planned = run.wasTold('total_steps') || run.wasTold('total_epochs');
  const quiet = now - times.modified;
  if (!(grew || (planned && quiet < ABANDONED))) return null;
  const usual = usualInterval(run, times);
  return usual > 0 && quiet >= Math.max(FRESH, STALLED * usual) ? { quiet, usual } : null;
}

function reachedPlannedEnd(run: RunBuilder): boolean {
  const totalSteps = Number(run.context.get('total_steps') ?? Number.NaN);
  const totalEpochs = Number(run.context.get('total_epochs') ?? Number.NaN);
  return run.series.some((series) => {
    const step = series.axis === 'step' && totalSteps > 0 && series.steps.at(-1) >= totalSteps;
    // Frameworks count epochs from 0 or from 1: the last one may be called either.
    const last = series.epochs.at(-1);
    const first = series.epochs.at(0);
    return step || (totalEpochs > 0 && last >= totalEpochs - (first === 0 ? 1 : 0));
  });
}

/**
 * Mean time between the points of the densest series, ms: by the log's own wall times, else by the age of the file when
 * it last grew. 0 where neither is known (a file that was copied is younger than its last change).
 */
function usualInterval(run: RunBuilder, { created, modified }: FileTimes): number {
  let shortest = Infinity;
  let most = 0;
  for (const { times, length } of run.series) {
    const span = times.at(-1) - times.at(0);
    if (length > 2 && span > 0) shortest = Math.min(shortest, span / (length - 1));
    most = Math.max(most, length);
  }
  if (Number.isFinite(shortest)) return shortest;
  // A file that was written in one go (copied, downloaded) has no rhythm.
  return created > 0 && modified > created + WRITTEN_AT_ONCE && most > 2 ? (modified - created) / most : 0;
}
