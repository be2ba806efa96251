import type { RunStatus } from './run';
import type { RunBuilder } from './runBuilder';

/** A log that grew this recently belongs to a training that goes on (ms). Slow epochs are covered by the next rule. */
const FRESH = 60_000;
/** Beyond `FRESH`, a run counts as going on for this many of its own usual intervals between points. */
const INTERVALS = 10;

/**
 * How the training stands: what the log says of its end, else whether its planned end was reached, else whether it
 * still grows. Hours-long epochs are judged by the run's own rhythm, where the log has wall times.
 * @param modified time of the last change to its files, ms since 1970
 * @param now ms since 1970
 */
export function statusOf(run: RunBuilder, modified: number, now: number): RunStatus {
  if (run.ending?.how === 'crashed') return 'crashed';
  if (run.ending?.how === 'finished' || reachedPlannedEnd(run)) return 'finished';
  if (run.points === 0) return 'unknown';
  const quiet = now - modified;
  return quiet < Math.max(FRESH, INTERVALS * usualInterval(run)) ? 'running' : 'unknown';
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

/** Mean time between the points of the densest series with wall times, in ms; 0 where the log has none. */
function usualInterval(run: RunBuilder): number {
  let shortest = Infinity;
  for (const { times, length } of run.series) {
    const span = times.at(-1) - times.at(0);
    if (length > 2 && span > 0) shortest = Math.min(shortest, span / (length - 1));
  }
  return Number.isFinite(shortest) ? shortest : 0;
}
