const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];
/** Distances between ticks that people count in (ms); beyond them whole days. */
const STEPS = [1, 2, 5, 10, 15, 30]
  .map((n) => n * SECOND)
  .concat([1, 2, 5, 10, 15, 30].map((n) => n * MINUTE))
  .concat([1, 2, 3, 6, 12, 24].map((n) => n * HOUR));

/** A duration as h:mm, with the seconds where they are asked for: "1:05", "0:00:12". @param ms may be negative or NaN */
export function clock(ms: number, seconds = false): string {
  if (!Number.isFinite(ms)) return '';
  const whole = Math.round(Math.abs(ms) / (seconds ? SECOND : MINUTE));
  const minutes = seconds ? Math.floor(whole / 60) : whole;
  const two = (value: number): string => String(value).padStart(2, '0');
  const text = `${Math.floor(minutes / 60)}:${two(minutes % 60)}${seconds ? `:${two(whole % 60)}` : ''}`;
  return ms < 0 && whole > 0 ? `-${text}` : text;
}

/** The distance of at most `most` ticks over a range of ms. */
export function tickDistance({ min, max }: { min: number; max: number }, most: number): number {
  const day = 24 * HOUR;
  const wanted = (max - min) / most;
  return STEPS.find((step) => step >= wanted) ?? Math.ceil(wanted / day) * day;
}

/** Ticks of a time axis at round times. */
export function timeTicks(range: { min: number; max: number }, most: number): number[] {
  const step = tickDistance(range, most);
  const first = Math.ceil(range.min / step);
  const count = Math.floor(range.max / step) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => (first + i) * step);
}

/** Whether ticks this far apart need their seconds. */
export function needsSeconds(distance: number): boolean {
  return distance < MINUTE;
}
