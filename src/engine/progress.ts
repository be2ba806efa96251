import type { Progress } from '../protocol';
import type { Run } from '../runs/run';

/** The rate is that of this share of the points, the newest: a run begins more slowly than it goes on. */
const RECENT = 0.5;

/** When a run was first seen to grow, ms since 1970, and how far it was then. */
export interface Seen {
  at: number;
  done: number;
}

/**
 * How far a run is on its plan, and how long it still needs: by the wall times of its log, else by how fast it was seen
 * to grow. Null where the log does not say how long it is to be.
 * @param modified time of the last change, ms since 1970
 */
export function progressOf(run: Run, modified: number, seen: Seen | null): Progress | null {
  const plan = planOf(run);
  if (!plan) return null;
  const { unit, done, total } = plan;
  const perMs = rateOf(run, unit) ?? (seen && seenRate(seen, done, modified));
  const left = done >= total ? 0 : perMs && perMs > 0 ? (total - done) / perMs : null;
  return { unit, done, total, left };
}

/** Steps say it more finely than epochs. Epochs that count from 0 are one behind. */
function planOf(run: Run): Omit<Progress, 'left'> | null {
  for (const unit of ['step', 'epoch'] as const) {
    const total = Number(run.context.get(`total_${unit}s`) ?? Number.NaN);
    if (!(total > 0)) continue;
    let done = Number.NaN;
    let first = Number.NaN;
    for (const series of run.series) {
      const counted = column(series, unit);
      if (counted === null) continue;
      done = Math.max(counted.at(-1), Number.isNaN(done) ? -Infinity : done);
      first = Math.min(counted.at(0), Number.isNaN(first) ? Infinity : first);
    }
    if (!Number.isFinite(done)) continue;
    const fromZero = unit === 'epoch' && first === 0 && Number.isInteger(done);
    return { unit, done: Math.min(total, fromZero ? done + 1 : done), total };
  }
  return null;
}

/** What a series counts in a unit; null where it does not. */
function column(series: Run['series'][number], unit: Progress['unit']): { at(index: number): number } | null {
  if (unit === 'epoch' && series.axis !== 'epoch')
    return Number.isFinite(series.epochs.at(-1)) ? series.epochs : null;
  return series.axis === unit && series.length > 0 ? series.steps : null;
}

/** Units a ms by the log's own times; null without any. */
function rateOf(run: Run, unit: Progress['unit']): number | null {
  let best: number | null = null;
  let most = 1;
  for (const series of run.series) {
    const counted = column(series, unit);
    const from = Math.floor((series.length - 1) * (1 - RECENT));
    if (!counted || series.length - from <= most) continue;
    const time = series.times.at(-1) - series.times.at(from);
    const units = counted.at(-1) - counted.at(from);
    if (!(time > 0 && units > 0)) continue;
    most = series.length - from;
    best = units / time;
  }
  return best;
}

function seenRate({ at, done: before }: Seen, done: number, modified: number): number | null {
  return modified > at && done > before ? (done - before) / (modified - at) : null;
}
