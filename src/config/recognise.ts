import { dialects } from './dialects/all';
import type { Clue, Dialect } from './dialects/dialect';
import type { ConfigDocument } from './entry';
import { matching } from './pattern';

/** A dialect, and how sure it is that a file is written in it (0 to 1). */
export interface Recognised {
  readonly dialect: Dialect;
  readonly confidence: number;
}

/** Two signs are a dialect, three leave little doubt; names that everybody uses are none. */
const CONFIDENCE = { sure: 0.95, many: 0.9, two: 0.8, none: 0.4 } as const;

/** The dialect of a document by its signs; the last one in the list is for files that show none. Null where no dialect has such a syntax. */
export function recognise(document: ConfigDocument): Recognised | null {
  for (const dialect of dialects) {
    if (!dialect.syntaxes.includes(document.syntax)) continue;
    const { sure = [], clues = [], never = [] } = dialect;
    if (dialect.isUpperCase && !document.entries.some(({ path }) => /^[A-Z][A-Z_]+$/.test(path[0]!)))
      continue;
    if (never.some((clue) => shows(document, clue))) continue;
    if (sure.some((clue) => shows(document, clue))) {
      return { dialect, confidence: dialect.soft ? CONFIDENCE.none : CONFIDENCE.sure };
    }
    const seen = clues.filter((clue) => shows(document, clue)).length;
    if (seen >= 2) return { dialect, confidence: seen > 2 ? CONFIDENCE.many : CONFIDENCE.two };
    if (sure.length + clues.length === 0) return { dialect, confidence: CONFIDENCE.none };
  }
  return null;
}

/** Whether a document shows a sign. */
export function shows(document: ConfigDocument, clue: Clue): boolean {
  if (typeof clue !== 'string' && 'text' in clue) return clue.text.test(document.text);
  if (typeof clue !== 'string' && 'command' in clue) return clue.command.test(document.command);
  if (typeof clue === 'string') return matching(document, clue).length > 0;
  return matching(document, clue.key).some(({ value }) => clue.value.test(String(value)));
}
