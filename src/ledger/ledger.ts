import type { SymptomId } from '../analysis/diagnosis';
import { changesBetween, type Changes } from './changes';
import { effectsOf, type Effect } from './effect';
import { stateOf, type Entry } from './entry';

/** A run beside the run of the same script before it. */
export interface Step {
  readonly entry: Entry;
  /** Null for the first run of a script. */
  readonly before: Entry | null;
  /** Null where one of the two is not known by what it was made. */
  readonly changes: Changes | null;
  /** None while the run goes on, and without a run before. */
  readonly effects: readonly Effect[];
  /** Symptoms of the run before that this one does not have, and the other way round. */
  readonly gone: readonly SymptomId[];
  readonly come: readonly SymptomId[];
}

/** The runs of each script, the newest first; the script that ran last first. */
export function byScript(entries: readonly Entry[]): ReadonlyMap<string, readonly Step[]> {
  const ordered = [...entries].sort((a, b) => b.start - a.start);
  const scripts = [...new Set(ordered.map(({ script }) => script))];
  return new Map(
    scripts.map((script) => {
      const runs = ordered.filter((entry) => entry.script === script);
      return [script, runs.map((entry, i) => stepOf(entry, runs.slice(i + 1)))];
    }),
  );
}

/**
 * A run compared with those before it, the latest first. What did not get as far as a verdict (crashed, stopped) is
 * no measurement: the last one that is is what it is compared with.
 */
export function stepOf(entry: Entry, earlier: readonly Entry[]): Step {
  const before = earlier.find(isMeasured) ?? earlier[0] ?? null;
  const changes = before?.code && entry.code ? changesBetween(before.code, entry.code) : null;
  const both = before !== null && isMeasured(before) && isMeasured(entry);
  const same = (one: Entry): Entry[] => [
    one,
    ...earlier.filter((other) => other !== one && isMeasured(other) && isSame(other, one)),
  ];
  // Another run of the same state is no effect of a change: it tells the spread.
  const unchanged = both && isSame(before, entry);
  const effects =
    both && !unchanged
      ? effectsOf(
          same(before).map(({ outcomes }) => outcomes),
          same(entry).map(({ outcomes }) => outcomes),
        )
      : [];
  const without = (some: Entry, others: Entry): SymptomId[] =>
    some.symptoms.filter((id) => !others.symptoms.includes(id));
  return {
    ...{ entry, before, changes, effects },
    gone: both ? without(before, entry) : [],
    come: both ? without(entry, before) : [],
  };
}

/** It ended by itself and left something to compare. */
export function isMeasured({ state, outcomes }: Entry): boolean {
  return (state === 'finished' || state === 'unknown') && outcomes.length > 0;
}

function isSame(one: Entry, other: Entry): boolean {
  const state = stateOf(one);
  return state !== null && state === stateOf(other);
}

/** Several techniques of regularisation changed at once: which of them did it can't be told. */
export function isConfounded({ changes }: Step): boolean {
  return changes !== null && changes.techniques.length > 1;
}
