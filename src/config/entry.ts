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
  /** Written once for several keys (an anchor, a shell variable), a switch without a value, a block of lines: no edit changes just this one. */
  readonly shared?: true;
  /** Written between quotes, so that it is text even where it looks like a number. */
  readonly quoted?: true;
}

export type Syntax = 'yaml' | 'json' | 'toml' | 'python' | 'shell';

/** What was read of a config file, or of one document, class or command in it. */
export interface ConfigDocument {
  readonly syntax: Syntax;
  /** In the order of the file; of a key that is given twice in one mapping only the last, which is the one that counts. */
  readonly entries: readonly Entry[];
  /** The earlier ones of keys that are given twice in one mapping. */
  readonly overridden: readonly Entry[];
  /** The document is a list at its top: records, not settings. */
  readonly isList: boolean;
  /** A shell command as written, from its program to its first flag; empty in every other syntax. */
  readonly command: string;
  /** More settings may come from elsewhere: a variable of arguments that the file does not set, `"$@"`. */
  readonly isOpen: boolean;
  /** The text that the document was read from, whole. */
  readonly text: string;
}

/** A key as dialects compare it: lower case, `-` as `_`. */
export function normal(key: string): string {
  return key.toLowerCase().replaceAll('-', '_');
}

/** Last key of an entry, as dialects compare it; of an item in a list, the key of the list. */
export function leafOf({ path }: Pick<Entry, 'path'>): string {
  for (let i = path.length - 1; i >= 0; i--) if (!/^\d+$/.test(path[i]!)) return normal(path[i]!);
  return '';
}

const number = /^[-+]?(\d[\d_]*\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

/** The number that a value is for whoever reads the file, or null: `auto`, `???`, `${lr}` and lists are not guessed at. */
export function numberOf({ value }: Pick<Entry, 'value'>): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string') return null;
  // PyYAML reads 1e-4 as text, and everybody means the number.
  return number.test(value.trim()) ? Number(value.trim().replaceAll('_', '')) : null;
}

/** What a value switches: `on`, `yes`, `"True"` as PyYAML, jsonargparse and argparse read them; null where it is no switch. */
export function switchOf({ value }: Pick<Entry, 'value'>): boolean | null {
  if (typeof value === 'boolean') return value;
  if (value === 0 || value === 1) return value === 1;
  if (typeof value !== 'string') return null;
  if (/^(true|yes|on)$/i.test(value.trim())) return true;
  return /^(false|no|off)$/i.test(value.trim()) ? false : null;
}

/** Whether a value says that there is none: `null`, `~`, `none`, an empty text. */
export function isNone({ value }: Pick<Entry, 'value'>): boolean {
  return value === null || (typeof value === 'string' && /^(none|null|~|)$/i.test(value.trim()));
}

/** The range of a quoted value without its quotes. */
export function withinQuotes({ start, end }: Range): Range {
  return {
    start: { line: start.line, character: start.character + 1 },
    end: { line: end.line, character: Math.max(0, end.character - 1) },
  };
}
