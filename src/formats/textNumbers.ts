import { parseNumber } from './numbers';

/** A number in a line of text, with the name that stands before it. */
export interface NamedNumber {
  /** Name before the number, without separator; empty when there is none. */
  readonly name: string;
  /** `:` or `=` stood between name and number; without it only well-known names are trusted. */
  readonly separated: boolean;
  /** Text between the number before and this one's name: `] Test: [`, ` - INFO - `. */
  readonly lead: string;
  readonly value: number;
  /** The number in brackets after it, `6.9 (7.0)`: in all frameworks that print one a running mean. NaN when absent. */
  readonly average: number;
  /** The number after a slash, `3/10`. NaN when absent. */
  readonly total: number;
  readonly percent: boolean;
  /** The number stands in square brackets: `[3]`, `[ 10/391]`. */
  readonly inBrackets: boolean;
}

/** Longer lines are no log lines of this kind, and are not searched. */
export const LONGEST_SCANNED = 20_000;

const NUMBER =
  /[-+]?(?:(?:\d{1,3}(?:,\d{3})+(?![\d,])|\d+)(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?|[-+]?(?:nan(?:\(ind\))?|inf(?:inity)?)(?![\w.])/iy;
const TOTAL = /[ \t]*\/[ \t]*(\d+)(?![\d.]*[A-Za-z_:/-])/y;
const AVERAGE = /[ \t]*\([ \t]*(\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|-\d+\.\d+(?:[eE][-+]?\d+)?|nan|inf)[ \t]*\)/iy;
/** The rest of a date, a time, or a number with a unit: `-05-20`, `:06:52,427`, `ms`, `it/s`. */
const REST_OF_WORD = /[\w.:/,-]*[\w]/y;
const UNIT = /[\w/]*/y;

/** All numbers of a line that stand by themselves; dates, times and numbers with a unit other than `%` are passed over. */
export function namedNumbers(text: string): NamedNumber[] {
  const found: NamedNumber[] = [];
  if (text.length > LONGEST_SCANNED) return found;
  load(text);
  let segment = 0;
  let at = 0;
  let before = BOUNDARY;
  while (at < text.length) {
    const kind = classOf(codeAt(at));
    const end = kind & START && before & BOUNDARY ? numberEnd(text, at) : -1;
    if (end < 0) {
      at++;
      // A word is left in one go; no number starts inside it.
      if (kind & WORD) while (classOf(codeAt(at)) & WORD) at++;
      before = kind;
      continue;
    }
    const start = at;
    at = end;
    before = 0;
    const next = codeAt(at);
    if (classOf(next) & WORD || isJoined(next, codeAt(at + 1))) {
      const rest = classOf(next) & WORD ? UNIT : REST_OF_WORD;
      rest.lastIndex = at;
      if (rest.test(text)) at = rest.lastIndex;
      segment = at;
      continue;
    }
    const total = follow(TOTAL, text, at, SLASH);
    if (total !== undefined) at = TOTAL.lastIndex;
    const percent = codeAt(at) === PERCENT;
    if (percent) at++;
    const average = follow(AVERAGE, text, at, OPEN);
    if (average !== undefined) at = AVERAGE.lastIndex;
    const label = readLabel(text, segment, start);
    // "Loss 1: 0.5" and "top 5 acc: 0.9": the digit belongs to the name of what follows.
    if (isSeparator(codeAt(at)) && label.name !== '' && !label.separated && !COUNTER.test(label.name))
      continue;
    found.push({
      name: label.name,
      separated: label.separated,
      lead: label.lead,
      inBrackets: label.inBrackets,
      value: valueOf(text.slice(start, end)),
      average: average === undefined ? Number.NaN : valueOf(average),
      total: total === undefined ? Number.NaN : Number(total),
      percent,
    });
    segment = at;
  }
  return found;
}

/** Where the number that starts at `at` ends, or -1 when none does. */
function numberEnd(text: string, at: number): number {
  // The usual case by hand: digits, perhaps with a fraction.
  let end = at;
  while (isDigit(codeAt(end))) end++;
  if (end > at) {
    if (codeAt(end) === DOT) {
      end++;
      while (isDigit(codeAt(end))) end++;
    }
    const next = codeAt(end);
    if ((next | 32) !== 101 && next !== COMMA) return end;
  }
  // Most words that begin with i or n are neither inf nor nan.
  const first = codeAt(at) | 32;
  const second = codeAt(at + 1) | 32;
  if ((first === 105 && second !== 110) || (first === 110 && second !== 97)) return -1;
  NUMBER.lastIndex = at;
  return NUMBER.test(text) ? NUMBER.lastIndex : -1;
}

/** Names after which a number followed by `:` is a position and not part of a name. */
const COUNTER = /(?:epoch|ep|step|iter|iteration|it|batch|round|update|e|s)$/i;

const PERCENT = 0x25;
const OPEN = 0x28;
const CLOSE = 0x29;
const COMMA = 0x2c;
const DOT = 0x2e;
const SLASH = 0x2f;

interface Label {
  readonly name: string;
  readonly separated: boolean;
  readonly lead: string;
  readonly inBrackets: boolean;
}

/** Finds the name in the text between two numbers; what stands before the name is its lead. */
function readLabel(text: string, from: number, to: number): Label {
  let end = trimmedEnd(from, to);
  let inBrackets = false;
  const last = codeAt(end - 1);
  if (end > from && (last === 0x5b || last === OPEN)) {
    inBrackets = last === 0x5b;
    end = trimmedEnd(from, end - 1);
  }
  // A dictionary's or a string's quote on either side of the separator.
  if (end > from && isQuote(codeAt(end - 1))) end = trimmedEnd(from, end - 1);
  const separated = end > from && isSeparator(codeAt(end - 1));
  if (separated) end = trimmedEnd(from, end - 1);
  let remark = '';
  if (end > from && codeAt(end - 1) === CLOSE) {
    // "acc (higher is better) : 0.7", "Epoch(val) [3]": the remark is no part of the name.
    const open = text.lastIndexOf('(', end - 1);
    if (open > from) {
      remark = text.slice(open, end);
      end = trimmedEnd(from, open);
    }
  }
  let start = end;
  while (start > from && !endsName(start - 1)) start--;
  return {
    name: trimMarks(text.slice(start, end)),
    separated,
    lead: start > from || remark !== '' ? text.slice(from, start) + remark : '',
    inBrackets,
  };
}

function trimmedEnd(from: number, to: number): number {
  let end = to;
  while (end > from && isBlank(codeAt(end - 1))) end--;
  return end;
}

/** Whether the name begins after this character: a delimiter, two blanks, or a dash between blanks. */
function endsName(at: number): boolean {
  const code = codeAt(at);
  if (code === 0x20 && at > 0)
    return isBlank(codeAt(at - 1)) || (codeAt(at - 1) === 0x2d && isBlank(codeAt(at - 2)));
  return (classOf(code) & DELIMITER) !== 0;
}

const MARKS = /^[\s*>\-–—•.#'"~=/]+|[\s'"*]+$/g;

function trimMarks(name: string): string {
  if (name === '') return name;
  const first = name.charCodeAt(0) | 0x20;
  const last = name.charCodeAt(name.length - 1) | 0x20;
  const clean = first >= 0x61 && first <= 0x7a && last >= 0x61 && last <= 0x7a;
  return clean ? name : name.replace(MARKS, '');
}

function follow(pattern: RegExp, text: string, at: number, expected: number): string | undefined {
  let i = at;
  while (codeAt(i) === 0x20) i++;
  if (codeAt(i) !== expected) return undefined;
  pattern.lastIndex = at;
  return pattern.exec(text)?.[1];
}

function valueOf(text: string): number {
  const value = Number(text);
  return Number.isNaN(value) ? (parseNumber(text) ?? Number.NaN) : value;
}

const WORD = 1;
const START = 2;
const BOUNDARY = 4;
const DELIMITER = 8;

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

function classOf(code: number): number {
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

function load(text: string): void {
  CODE_BYTES.write(text, 2, 'utf16le');
  CODES.fill(0, text.length + 1, text.length + 4);
}

function codeAt(at: number): number {
  return CODES[at + 1]!;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

function isQuote(code: number): boolean {
  return code === 0x27 || code === 0x22;
}

/** `2021-08` and `13:51`: the number goes on as a date or a time. */
function isJoined(next: number, afterNext: number): boolean {
  return (next === 45 || next === 58) && isDigit(afterNext);
}

function isSeparator(code: number): boolean {
  return code === 58 || code === 61 || code === 0xff1a;
}
