import type { Range } from './chartOptions';
import { brief } from './words';

/** Most labels along the x axis. */
const MOST_X = 9;
/** About how wide a letter of a label is, and how far labels stand apart (px). */
const [LETTER, APART] = [6.2, 24] as const;
const MOST_LOG = 7;

/** The least of 1, 2 and 5 times a power of ten that is not below `wanted`, which is above 0. */
export function niceStep(wanted: number): number {
  const power = 10 ** Math.floor(Math.log10(wanted));
  const times = [1, 2, 5].find((one) => one * power >= wanted * (1 - 1e-9)) ?? 10;
  return Number((times * power).toPrecision(12));
}

/**
 * Ticks of a linear scale at round numbers, however its range begins: 10, 20, 30 where epochs count from 1. At most
 * `most`; more where there would be a single one, which tells no distance.
 * @param whole a distance below 1 means nothing
 */
export function roundTicks({ min, max }: Range, most: number, whole = false): number[] {
  if (!(max > min) || !Number.isFinite(max - min)) return [];
  let step = niceStep((max - min) / Math.max(1, most));
  for (;;) {
    if (whole) step = Math.max(1, step);
    const first = Math.ceil(min / step - 1e-9);
    const count = Math.floor(max / step + 1e-9) - first + 1;
    if (count > 1 || (whole && step === 1) || step < (max - min) / 10)
      return Array.from({ length: Math.max(0, count) }, (_, i) =>
        Number(((first + i) * step).toPrecision(15)),
      );
    step = niceStep(step / 2.5);
  }
}

/** What a tick of the y axis reads: as few digits as tell it from the others. */
export function tickLabel(value: number, all: readonly number[]): string {
  if (new Set(all.map(brief)).size === all.length) return brief(value);
  for (let digits = 5; digits < 15; digits++) {
    const labels = new Set(all.map((one) => Number(one.toPrecision(digits))));
    if (labels.size === all.length) return String(Number(value.toPrecision(digits)));
  }
  return brief(value);
}

/** How many labels of the length of the longest find room beside each other. */
export function roomForLabels(width: number, longest: string): number {
  return Math.max(2, Math.min(MOST_X, Math.floor(width / (longest.length * LETTER + APART))));
}

/** Ticks of a log scale: 1, 2 and 5 of each decade; over many decades only their beginnings, and not all of them. */
export function logTicks({ min, max }: Range): number[] {
  const decades: number[] = [];
  for (let power = Math.floor(Math.log10(min)); 10 ** power <= max; power++)
    decades.push(Number(`1e${power}`));
  const within = (values: number[]): number[] => values.filter((value) => value >= min && value <= max);
  const fine = within(decades.flatMap((one) => [one, 2 * one, 5 * one]));
  const whole = within(decades);
  return fine.length <= MOST_LOG
    ? fine
    : whole.filter((_, i) => i % Math.ceil(whole.length / MOST_LOG) === 0);
}
