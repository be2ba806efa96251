import type { Beginning } from '../protocol';
import type { Run } from './run';
import type { Series } from './series';

/** Curves that are noted, and points of each: enough to tell apart trainings that differ by a seed or a setting. */
const CURVES = 4;
const POINTS = 8;

/** How a training begins; null before it has points. Appending never takes anything of it back. */
export function beginningOf({ series }: Pick<Run, 'series'>): Beginning | null {
  const curves = series.filter(({ length }) => length > 0);
  // The learning rate is the same in every training by one schedule: it tells only where there is nothing else.
  const measured = curves.filter(({ direction }) => direction !== 'none');
  const noted = (measured.length > 0 ? measured : curves)
    .sort((a, b) => worth(b) - worth(a) || (a.key < b.key ? -1 : 1))
    .slice(0, CURVES);
  if (noted.length === 0) return null;
  const beginning = new Map<string, Beginning[string]>();
  // Curves that a folder tells apart may have one key.
  for (const one of noted) beginning.set(one.key, [...(beginning.get(one.key) ?? []), ...firstOf(one)]);
  return Object.fromEntries(beginning);
}

/** A loss has more digits than an accuracy. */
function worth({ name }: Series): number {
  return name === 'loss' ? 1 : 0;
}

function firstOf({ steps, values, times }: Series): Beginning[string] {
  return Array.from({ length: Math.min(POINTS, steps.length) }, (_, i) => ({
    x: steps.at(i),
    // In words: a NaN would not survive being kept as JSON.
    what: `${values.at(i)} ${times.at(i)}`,
  }));
}

/**
 * Whether what a log begins with now can be of the training that it began with before: at some place of each curve that
 * both have, the same was measured. A log whose beginning is gone (the oldest file of a rotation, a resume that
 * wrote over it) begins after all that was noted, and is still of that training.
 */
export function goesOn(before: Beginning, now: Beginning): boolean {
  return inBoth(before, now).length > 0 && !contradicts(before, now);
}

/** Whether what a log begins with now can't be of the training that it began with before, by a curve that both have. */
export function contradicts(before: Beginning, now: Beginning): boolean {
  return inBoth(before, now).some((key) => !curveGoesOn(before[key]!, now[key]!));
}

function inBoth(before: Beginning, now: Beginning): string[] {
  return Object.keys(now).filter((key) => Object.hasOwn(before, key));
}

function curveGoesOn(before: Beginning[string], now: Beginning[string]): boolean {
  const places = now.filter(({ x }) => before.some((one) => one.x === x));
  if (places.length === 0) return Math.min(...now.map(({ x }) => x)) > Math.max(...before.map(({ x }) => x));
  return places.every(({ x }) =>
    now.some((one) => one.x === x && before.some(({ x: at, what }) => at === x && what === one.what)),
  );
}
