/** Puts the points of a file in the order of the run: resumes, restarts and per-epoch counters. */

/** One of several runs in a file: its indices, the how-manieth it is, counted from 1, and of how many. */
export interface Kept {
  readonly from: number;
  readonly to: number;
  readonly run: number;
  readonly of: number;
}

/** The points that belong to the run that is analysed. */
export interface Ordering {
  /** Indices into the series, in order of x. */
  readonly order: Int32Array;
  /** x of each, never falling. Equals the series' steps unless a counter restarts each epoch. */
  readonly x: Float64Array;
  /** File-order index range of the kept run when the file holds several; null when it holds one. */
  readonly kept: Kept | null;
  /** What was decided, for people. */
  readonly notes: readonly string[];
}

/** A restarted run shorter than this says nothing yet; the run before it is analysed instead. */
const ENOUGH = 5;

/** More falling pairs than this is no resume but a file that is not ordered by time (newest-first exports). */
const UNORDERED_SHARE = 0.25;

/**
 * Orders points by step. A step that falls back to about the beginning starts a new run (the last one with
 * enough points is kept); one that falls back a little is a resume from a checkpoint, where the later values
 * win; one that falls back while the epoch advances is a counter within the epoch and is unrolled.
 */
export function orderBySteps(steps: Float64Array, epochs: Float64Array): Ordering {
  let drops = 0;
  let epochResets = 0;
  for (let i = 1; i < steps.length; i++) {
    if (steps[i]! >= steps[i - 1]!) continue;
    drops++;
    if (epochs[i]! > epochs[i - 1]!) epochResets++;
  }
  if (drops === 0) return { order: range(0, steps.length), x: steps.slice(), kept: null, notes: [] };
  if (epochResets >= 0.8 * drops) return unroll(steps);
  if (drops > UNORDERED_SHARE * (steps.length - 1)) return sorted(steps);
  return follow(steps);
}

/** x continues where the previous epoch ended. */
function unroll(steps: Float64Array): Ordering {
  const x = new Float64Array(steps.length);
  let offset = 0;
  let stride = 1;
  for (let i = 0; i < steps.length; i++) {
    if (i > 0 && steps[i]! < steps[i - 1]!) offset = x[i - 1]! + stride - steps[i]!;
    x[i] = steps[i]! + offset;
    if (i > 0 && x[i]! > x[i - 1]!) stride = x[i]! - x[i - 1]!;
  }
  return {
    order: range(0, steps.length),
    x,
    kept: null,
    notes: ['the step counter restarts each epoch and was joined'],
  };
}

function sorted(steps: Float64Array): Ordering {
  const order = range(0, steps.length).sort((a, b) => steps[a]! - steps[b]! || a - b);
  return {
    order,
    x: Float64Array.from(order, (i) => steps[i]!),
    kept: null,
    notes: ['the points are not in order of time in the file and were sorted by step'],
  };
}

function follow(steps: Float64Array): Ordering {
  const runs: { from: number; to: number; order: number[] }[] = [];
  let current: number[] = [];
  let from = 0;
  let resumes = 0;
  for (let i = 0; i < steps.length; i++) {
    const last = current.at(-1);
    if (last !== undefined && steps[i]! < steps[last]!) {
      const first = steps[current[0]!]!;
      const span = steps[last]! - first;
      // Half a stride: a second point of a run is one stride from its first, so it is never "the beginning".
      const stride = span / Math.max(1, current.length - 1);
      if (steps[i]! <= first + Math.min(0.5 * stride + 0.02 * span, 0.9 * stride)) {
        runs.push({ from, to: i, order: current });
        current = [];
        from = i;
      } else {
        resumes++;
        while (current.length > 0 && steps[current.at(-1)!]! >= steps[i]!) current.pop();
      }
    }
    current.push(i);
  }
  runs.push({ from, to: steps.length, order: current });
  const kept =
    runs.findLast((run) => run.order.length >= ENOUGH) ??
    runs.reduce((longest, run) => (run.order.length > longest.order.length ? run : longest));
  const notes: string[] = [];
  if (runs.length > 1) {
    notes.push(`the file holds ${runs.length} runs; run ${runs.indexOf(kept) + 1} is analysed`);
  }
  if (resumes > 0) notes.push(`the step goes back ${resumes} times (resumed); the later values are used`);
  return {
    order: Int32Array.from(kept.order),
    x: Float64Array.from(kept.order, (i) => steps[i]!),
    kept:
      runs.length > 1 ? { from: kept.from, to: kept.to, run: runs.indexOf(kept) + 1, of: runs.length } : null,
    notes,
  };
}

function range(from: number, to: number): Int32Array {
  const indices = new Int32Array(to - from);
  for (let i = 0; i < indices.length; i++) indices[i] = from + i;
  return indices;
}
