import {
  BOUNDARY,
  classOf,
  codeAt,
  COMMA,
  DOT,
  isDigit,
  isSeparator,
  load,
  LONGEST_SCANNED,
  OPEN,
  PERCENT,
  SLASH,
  START,
  WORD,
} from './charCodes';
import { parseNumber } from './numbers';
import { readLabel } from './textLabel';
import { nameInSentence } from './textSentence';

/** A number in a line of text, with the name that stands before it. */
export interface NamedNumber {
  /** Name before the number, without separator; empty when there is none. */
  readonly name: string;
  /** `:` or `=` stood between name and number; without it only well-known names are trusted. */
  readonly separated: boolean;
  /** Text between the number before and this one's name: `] Test: [`, ` - INFO - `. */
  readonly lead: string;
  /** The number in square brackets: `[3]`, `[ 10/391]`. */
  readonly inBrackets: boolean;
  readonly percent: boolean;
  readonly value: Quantity;
  /** The number in brackets after it, `6.9 (7.0)`: in all frameworks that print one a running mean. */
  readonly average: Quantity | null;
  /** The number after a slash, `3/10`. */
  readonly total: Quantity | null;
}

/** A number as it is written, and where. */
export interface Quantity {
  readonly text: string;
  readonly start: number;
}

/** Where text stands that tells nothing but its digits: a number, or a date, a time, a number with a unit. */
export type Spans = number[];

const NUMBER =
  /[-+]?(?:(?:\d{1,3}(?:,\d{3})+(?![\d,])|\d+)(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?|[-+]?(?:nan(?:\(ind\))?|inf(?:inity)?)(?![\w.])/iy;
const TOTAL = /[ \t]*\/[ \t]*(\d+)(?![\d.]*[A-Za-z_:/-]|\d*\.\d)/y;
const AVERAGE = /[ \t]*\([ \t]*(\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|-\d+\.\d+(?:[eE][-+]?\d+)?|nan|inf)[ \t]*\)/iy;
/** The rest of a date, a time, or a number with a unit: `-05-20`, `:06:52,427`, `ms`, `it/s`. */
const REST_OF_WORD = /[\w.:/,-]*[\w]/y;
const UNIT = /[\w/]*/y;
/** Names after which a number followed by `:` is a position and not part of a name. */
const COUNTER = /(?:epoch|ep|step|iter|iteration|it|batch|round|update|e|s)$/i;

/**
 * All numbers of a line that stand by themselves; dates, times and numbers with a unit other than `%` are passed over.
 * @param spans gets start and end of each of both
 */
export function namedNumbers(text: string, spans: Spans = []): NamedNumber[] {
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
      spans.push(start, at);
      continue;
    }
    const total = follow(TOTAL, text, at, SLASH);
    if (total) at = TOTAL.lastIndex;
    const percent = codeAt(at) === PERCENT;
    if (percent) at++;
    const average = follow(AVERAGE, text, at, OPEN);
    if (average) at = AVERAGE.lastIndex;
    const label = readLabel(text, segment, start);
    // "Loss 1: 0.5" and "top 5 acc: 0.9": the digit belongs to the name of what follows.
    if (isSeparator(codeAt(at)) && label.name !== '' && !label.separated && !COUNTER.test(label.name))
      continue;
    const { separated, lead, inBrackets } = label;
    const name = separated ? label.name : nameInSentence(label.name, text, at);
    const value = { text: text.slice(start, end), start };
    found.push({ name, separated, lead, inBrackets, percent, value, average, total });
    segment = at;
    spans.push(start, at);
  }
  return found;
}

/** The value of what {@link namedNumbers} took for a number. */
export function valueOf(text: string): number {
  const value = Number(text);
  return Number.isNaN(value) ? (parseNumber(text) ?? Number.NaN) : value;
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

function follow(pattern: RegExp, text: string, at: number, expected: number): Quantity | null {
  let i = at;
  while (codeAt(i) === 0x20) i++;
  if (codeAt(i) !== expected) return null;
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  return match ? { text: match[1]!, start: at + match[0].indexOf(match[1]!) } : null;
}

/** `2021-08` and `13:51`: the number goes on as a date or a time. */
function isJoined(next: number, afterNext: number): boolean {
  return (next === 45 || next === 58) && isDigit(afterNext);
}
