import type { History } from './history';

/** What a program is used for. Never two of them: runs of one program resemble each other. */
export type Part = 'training' | 'calibration' | 'test';

/**
 * Data sets that only the published figures come from, with whatever architecture learned them. Held out whole, because a
 * new network on a known data set is less of a surprise than life has in store.
 */
const HELD_OUT: ReadonlySet<string> = new Set([
  'arithmetic',
  'brackets',
  'hastie',
  'mackey-glass',
  'phase',
  'rings',
  'shapes',
  'swiss-roll',
]);

/** Of five other programs one calibrates. */
const CALIBRATION = 0.2;

/**
 * The program of a history: its data set and its architecture. The framework is left out, so that the same program
 * written in two of them does not sit on both sides of the split.
 */
export function programOf({ data, architecture }: Pick<History, 'data' | 'architecture'>): string {
  return `${data}/${architecture}`;
}

/** The data set of a program. */
export function dataOf(program: string): string {
  return program.slice(0, program.indexOf('/'));
}

/**
 * Deals programs out: those of held-out data sets to the test; the rest ordered by a hash of their name, so that neither
 * the order of recording nor a new program moves many others.
 */
export function partsOf(programs: Iterable<string>): Map<string, Part> {
  const all = [...new Set(programs)].sort((a, b) => hash(a) - hash(b));
  const ordered = all.filter((program) => !HELD_OUT.has(dataOf(program)));
  return new Map(
    all.map((program) => {
      const at = ordered.indexOf(program);
      if (at < 0) return [program, 'test'];
      return [program, (at + 0.5) / ordered.length < 1 - CALIBRATION ? 'training' : 'calibration'];
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
