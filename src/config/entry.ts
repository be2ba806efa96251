import type { Range } from '../remedies/textEdit';

/** A value that a config can hold in one place; a list or a mapping has entries of its own. */
export type Scalar = string | number | boolean | null;

/** One `key: value` of a config, with the places that diagnostics and fixes need. */
export interface Entry {
  /** Keys from the top of the document to this one; list positions as numbers in text. */
  readonly path: readonly string[];
  readonly value: Scalar;
  readonly keyRange: Range;
  /** The value itself: quotes around it stay when it is replaced. */
  readonly valueRange: Range;
}

/** What was read of a config file. */
export interface ConfigDocument {
  readonly entries: readonly Entry[];
  /** The document is a list at its top: records, not settings. */
  readonly isList: boolean;
}

/** Last key of an entry, as dialects compare it: lower case, `-` as `_`. */
export function leafOf({ path }: Entry): string {
  return (path.at(-1) ?? '').toLowerCase().replaceAll('-', '_');
}

/** The number that a value is for whoever reads the file, or null: `auto`, `???`, `${lr}` and lists are not guessed at. */
export function numberOf({ value }: Entry): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string') return null;
  // PyYAML reads 1e-4 as text, and everybody means the number.
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(value.trim()) ? Number(value) : null;
}

/** The range of a quoted value without its quotes. */
export function withinQuotes({ start, end }: Range): Range {
  return {
    start: { line: start.line, character: start.character + 1 },
    end: { line: end.line, character: Math.max(0, end.character - 1) },
  };
}
