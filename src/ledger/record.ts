import type { Beginning, RunSummary } from '../protocol';
import { contradicts } from '../runs/beginning';
import type { Entry } from './entry';

/** A log that is older than this when it is first seen was made by something that may have changed since (ms). */
export const SOON = 2 * 60_000;

type Told = Pick<RunSummary, 'state' | 'label' | 'points' | 'beginning'>;
/** From when to when a program went, or goes (ms since 1970). */
export type Span = { readonly start: number; readonly end: number | null };

/**
 * Whether a run has something to remember. Of what the ledger does not know, only what goes on or has just ended is: the rest
 * was forgotten on purpose, or was never seen.
 * @param program of which the run is the output or the log @param now ms since 1970
 * @param before how it began when it was last seen
 */
export function isNews(
  known: Entry | undefined,
  run: Told,
  program: Span | undefined,
  now: number,
  before?: Beginning,
): boolean {
  const goesOn = run.state === 'running';
  if (!known) return goesOn || (program !== undefined && now - (program.end ?? now) < SOON);
  const wasOn = known.end === null;
  // A log that the next training has emptied: until that says something, what there was to know is known.
  if (run.points === 0 && !wasOn) return false;
  if (isAnew(known, run, before)) return true;
  // A log that is only touched, or was emptied and not read again yet, is not going on: with what it says next it is.
  if (goesOn && !wasOn) return run.points !== known.points;
  if (wasOn || goesOn) return wasOn !== goesOn;
  // The end of a program may be known before the last lines of its log were read.
  const hasMore = run.points > (known.points ?? Infinity);
  return known.state !== run.state || known.label !== run.label || hasMore;
}

/**
 * Whether another training writes a log: it begins again with less than it had when it ended, or with something else.
 * @param before how it began when it was last seen
 */
export function isAnew(known: Entry, { state, points, beginning }: Told, before?: Beginning): boolean {
  if (before && beginning && contradicts(before, beginning)) return true;
  return known.end !== null && state === 'running' && points < (known.points ?? 0);
}

/** The entry of a run that goes on after its end, as a resumed one does. */
export function goingOn(known: Entry): Entry {
  return { ...known, state: 'running', end: null };
}

/**
 * Whether a log was begun by the program whose output a stream is: it is one training, told twice.
 * @param logged when the log was begun (ms since 1970)
 */
export function isTwin(stream: Span, logged: number): boolean {
  return logged >= stream.start && (stream.end === null || logged <= stream.end);
}
