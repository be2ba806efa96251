import type { Curve } from './curve';
import { median } from './robust';

/** Coordinates of two curves on one axis that both know. */
interface Shared {
  a: Float64Array;
  b: Float64Array;
}

/**
 * One axis for two curves: their own x when both count the same thing, else epochs, else the line of the log or
 * the wall time (what was written in between happened in between), else the share of the run.
 */
export function sharedAxis(a: Curve, b: Curve): Shared {
  // The same name may count iterations in train lines and epochs in val lines: the ranges must agree too.
  if (a.axis === b.axis && similarEnd(a.x, b.x)) return { a: a.x, b: b.x };
  for (const column of ['epochs', 'lines', 'times'] as const) {
    const shared = { a: gather(a, column), b: gather(b, column) };
    if (usable(shared.a) && usable(shared.b) && overlap(shared)) return shared;
  }
  return { a: shares(a.x.length), b: shares(b.x.length) };
}

/**
 * The level of `of` over the stretch before each point of `at`: the median of its values since the point before.
 * Same length as `at`; where nothing was logged in a stretch, the value before it.
 */
export function windowMedians(of: Curve, at: Curve): Float64Array {
  const { a, b } = sharedAxis(of, at);
  const result = new Float64Array(b.length);
  let from = 0;
  for (let i = 0; i < b.length; i++) {
    let to = from;
    while (to < a.length && a[to]! <= b[i]!) to++;
    // The first stretch reaches back to the start of the run: only its end is comparable with an evaluation.
    const start = i === 0 ? Math.max(from, to - Math.ceil((to - from) / 4)) : from;
    result[i] = to > from ? median(of.y, start, to) : of.y[Math.min(Math.max(from - 1, 0), a.length - 1)]!;
    from = to;
  }
  return result;
}

/** The value of `of` in force at each point of `at`: the last one logged, the first before that. */
export function sampleAt(of: Curve, at: Curve): Float64Array {
  const { a, b } = sharedAxis(of, at);
  const result = new Float64Array(b.length);
  let j = 0;
  for (let i = 0; i < b.length; i++) {
    while (j + 1 < a.length && a[j + 1]! <= b[i]!) j++;
    result[i] = of.y[j]!;
  }
  return result;
}

function gather(curve: Curve, column: 'epochs' | 'lines' | 'times'): Float64Array {
  return Float64Array.from(curve.source, (i) => curve.series[column].at(i));
}

function usable(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i]) || (i > 0 && values[i]! < values[i - 1]!)) return false;
  }
  return values.length > 0;
}

function similarEnd(a: Float64Array, b: Float64Array): boolean {
  const endA = a.at(-1);
  const endB = b.at(-1);
  if (endA === undefined || endB === undefined) return false;
  // 4: one curve may lag (sparse validation) but an epoch counter lags an iteration counter by far more.
  const ratio = (endA + 1) / (endB + 1);
  return ratio > 0.25 && ratio < 4;
}

function overlap({ a, b }: Shared): boolean {
  return a[0]! <= b.at(-1)! && b[0]! <= a.at(-1)! * 1.0001 + 1;
}

function shares(count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => (i + 1) / count);
}
