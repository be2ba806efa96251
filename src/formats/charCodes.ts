/** Longer lines are no log lines of this kind, and are not searched. */
export const LONGEST_SCANNED = 20_000;

export const PERCENT = 0x25;
export const OPEN = 0x28;
export const CLOSE = 0x29;
export const COMMA = 0x2c;
export const DOT = 0x2e;
export const SLASH = 0x2f;

/** What a character can be, as bits of {@link classOf}. */
export const WORD = 1;
export const START = 2;
export const BOUNDARY = 4;
export const DELIMITER = 8;

/** What each ASCII character can be; looked up for every character of a log, so a table and not an expression. */
const CLASSES = buildClasses();

function buildClasses(): Uint8Array {
  const classes = new Uint8Array(128);
  const add = (characters: string, kind: number): void => {
    for (const character of characters) classes[character.charCodeAt(0)]! |= kind;
  };
  add('0123456789_@ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz', WORD);
  add('0123456789+-.iInN', START);
  add(' \t"\'(,/:=[{|', BOUNDARY);
  add(',;|\t()[]{}:=<>', DELIMITER);
  return classes;
}

/** Part of a word, start of a number, place before a number, end of a name. */
export function classOf(code: number): number {
  if (code < 128) return CLASSES[code]!;
  // Full-width colon, comma and semicolon.
  return code === 0xff1a || code === 0xff0c || code === 0xff1b ? BOUNDARY | DELIMITER : 0;
}

/**
 * Character codes of the line being searched, with a zero at both ends: copied once, so that the many looks at
 * or past an end need no test.
 */
const CODES = new Uint16Array(LONGEST_SCANNED + 4);
const CODE_BYTES = Buffer.from(CODES.buffer);

/** Makes `text` the line that {@link codeAt} looks at. */
export function load(text: string): void {
  CODE_BYTES.write(text, 2, 'utf16le');
  CODES.fill(0, text.length + 1, text.length + 4);
}

/** The character at `at` of the loaded line; 0 just outside of it. */
export function codeAt(at: number): number {
  return CODES[at + 1]!;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

export function isQuote(code: number): boolean {
  return code === 0x27 || code === 0x22;
}

/** `:`, `=` or the full-width colon. */
export function isSeparator(code: number): boolean {
  return code === 58 || code === 61 || code === 0xff1a;
}
