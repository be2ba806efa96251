import type { Sample } from './format';
import { LineReader } from './lines';

/**
 * At most `count` lines from the head of a sample, blank ones left out. A last line that the head cuts in two
 * is left out as well.
 */
export function headLines(sample: Sample, count: number): string[] {
  const lines: string[] = [];
  const reader = new LineReader({
    line: (text) => {
      if (lines.length < count && text.trim() !== '') lines.push(text);
    },
    tooLong: () => undefined,
  });
  for (let start = 0; start < sample.head.length && lines.length < count; start += 16_384) {
    reader.push(sample.head.subarray(start, start + 16_384));
  }
  if (sample.size <= sample.head.length) reader.end();
  return lines;
}

/** At most `count` lines from the tail of a sample, the first one left out, which the tail may cut in two. */
export function tailLines(sample: Sample, count: number): string[] {
  const lines: string[] = [];
  const reader = new LineReader({ line: (text) => void lines.push(text), tooLong: () => undefined });
  reader.push(sample.tail);
  reader.end();
  return lines.slice(1).slice(-count);
}

/** True when the values do not fall more often than rise: what a step or epoch column does, restarts included. */
export function isMostlyRising(values: readonly number[]): boolean {
  let rises = 0;
  let falls = 0;
  for (let i = 1; i < values.length; i++) {
    if (values[i]! > values[i - 1]!) rises++;
    else if (values[i]! < values[i - 1]!) falls++;
  }
  return rises > 0 && falls <= rises;
}
