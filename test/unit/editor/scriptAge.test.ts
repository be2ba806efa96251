import { expect, it } from 'vitest';
import { isAsRun, type RunTimes } from '../../../src/editor/scripts/scriptAge';

/** A run of an hour. */
const [start, end] = [1_000_000, 4_600_000];
const seen: RunTimes = { started: start, born: start + 5_000, modified: end };
const found: RunTimes = { started: undefined, born: start, modified: end };
const timeless: RunTimes = { ...found, born: 0 };
const copied: RunTimes = { ...found, born: end + 9_000_000 };

it.each<[string, boolean, number, RunTimes]>([
  ['saved before it started', true, start - 1, seen],
  ['on a file system that is coarse', true, start + 2_000, seen],
  ['edited a moment after it started', false, start + 5_000, seen],
  ['edited during the run', false, end - 60_000, seen],
  ['edited after the run', false, end + 60_000, seen],
  ['saved before the log was made', true, start - 1, found],
  ['checked out with the log', true, start + 9_000, found],
  ['edited during a run that nobody saw start', false, end - 60_000, found],
  ['edited where only the last line has a time', true, end - 60_000, timeless],
  ['edited after that', false, end + 60_000, timeless],
  ['older than a copy of the log', true, end - 60_000, copied],
  ['edited after the last line of a copy', false, end + 60_000, copied],
])('a script that was %s: %s', (_name, is, saved, times) => {
  expect(isAsRun(saved, times)).toBe(is);
});
