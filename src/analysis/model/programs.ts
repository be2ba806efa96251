import type { History } from './history';

/** What a program is used for. Never two of them: runs of one program resemble each other. */
export type Part = 'training' | 'calibration' | 'test';

/** Of ten programs, six are learned from and one and a half calibrate. */
const SHARES = { training: 0.6, calibration: 0.15 };

/**
 * The program of a history: its data set and its architecture. The framework is left out, so that the same program
 * written in two of them does not sit on both sides of the split.
 */
export function programOf({ data, architecture }: Pick<History, 'data' | 'architecture'>): string {
  return `${data}/${architecture}`;
}

/**
 * Deals programs out: ordered by a hash of their name, so that neither the order of recording nor a new program moves
 * many others.
 */
export function partsOf(programs: Iterable<string>): Map<string, Part> {
  const ordered = [...new Set(programs)].sort((a, b) => hash(a) - hash(b));
  return new Map(
    ordered.map((program, i) => {
      const share = (i + 0.5) / ordered.length;
      if (share < SHARES.training) return [program, 'training'];
      return [program, share < SHARES.training + SHARES.calibration ? 'calibration' : 'test'];
    }),
  );
}

/** FNV-1a with a final mix, 32 bits: names that differ in their last letter must not lie side by side. */
export function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x45d9f3b);
  return (h ^ (h >>> 16)) >>> 0;
}
