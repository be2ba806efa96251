import { parseNumber } from './numbers';

/** One print of Keras's progress bar. */
export interface KerasBar {
  /** Batches or samples of the bar; empty for `verbose=2`, which prints no bar. */
  readonly total: string;
  /** The epoch, or the evaluation, is over. */
  readonly complete: boolean;
  /** Of a bar that is not complete only the first: it is no point. */
  readonly keys: readonly string[];
  readonly values: readonly number[];
}

/** What a bar adds to the curves. */
export interface KerasPoint {
  readonly keys: readonly string[];
  readonly values: readonly number[];
  readonly line: number;
}

const COUNT = /^\s*(\d+)\/(\d+|Unknown)(?=\s)/;
const VERBOSE_2 = /^\s*\d+m?s(?: \d+\S*\/\w+)? - (?=\S)/;
const METRIC = / - ([\p{L}_][^:]{0,80}?): ([-+]?[\w.+-]+)/gu;

/** A bar with all its metrics, of a count that is not at its end. */
const UNDER_WAY =
  /^ *(\d+)\/(?!\1 )\d+ (?:\[[=>.]+\] - ETA: [\d:]+s?|[━=]+ *\S+ \d+\S*\/step)(?: - [A-Za-z_]\w*: \d[\d.e+-]*)+ *$/;

/** Whether the line is nothing but a bar that is no point: most of what Keras prints is, so it is told in one look. */
export function isBarUnderWay(text: string): boolean {
  return text.length <= 4096 && UNDER_WAY.test(text);
}

/**
 * Reads a bar of Keras 1, 2 or 3, or the line of `verbose=2`. Null for anything else, and for a bar without
 * metrics, as `predict` draws it.
 */
export function readKerasBar(text: string): KerasBar | null {
  if (!text.includes(' - ') || text.length > 4096) return null;
  const count = COUNT.exec(text);
  if (!count && !VERBOSE_2.test(text)) return null;
  if (count && !/\[[=>.]+\]|[━=]{4}| - \d+m?s\b| \d+m?s\/|ETA:/.test(text)) return null;
  const complete = !count || (count[1] === count[2] && !text.includes('ETA:'));
  const keys: string[] = [];
  const values: number[] = [];
  for (const [, key, number] of text.matchAll(METRIC)) {
    const value = parseNumber(number!);
    if (value === undefined || key === 'ETA') continue;
    keys.push(key!.trim());
    values.push(value);
    if (!complete) break;
  }
  if (keys.length === 0) return null;
  return { total: count?.[2] ?? '', complete, keys, values };
}

/**
 * Decides which bars are points: of each epoch the complete bar, once per metric. The last batch is often printed
 * twice, without and then with validation, so a bar without `val_` waits for the next line before it counts.
 * Bars of `evaluate` find all their metrics reported and so add nothing.
 */
export class KerasEpoch {
  /** A complete bar that waits to be reported. */
  held: { bar: KerasBar; line: number } | null = null;
  private readonly reported = new Set<string>();
  private started = false;

  /** An `Epoch N/M` line. */
  start(): KerasPoint | null {
    const point = this.flush();
    this.reported.clear();
    this.started = true;
    return point;
  }

  /** A bar. */
  take(bar: KerasBar, line: number): KerasPoint | null {
    if (!bar.complete || !this.started) return null;
    const { held } = this;
    if (held && !(held.bar.total === bar.total && held.bar.keys.every((key) => bar.keys.includes(key))))
      return null;
    this.held = { bar, line };
    return bar.keys.some((key) => key.startsWith('val_')) ? this.flush() : null;
  }

  /** Any other line: what waits is final. */
  flush(): KerasPoint | null {
    if (!this.held) return null;
    const { bar, line } = this.held;
    this.held = null;
    const fresh = bar.keys.flatMap((key, index) => (this.reported.has(key) ? [] : [index]));
    for (const index of fresh) this.reported.add(bar.keys[index]!);
    if (fresh.length === 0) return null;
    return {
      keys: fresh.map((index) => bar.keys[index]!),
      values: fresh.map((index) => bar.values[index]!),
      line,
    };
  }
}
