import { isDigit } from './charCodes';
import { decimalAt } from './decimal';
import { valueOf, type Spans } from './textNumbers';

/** Digits in a row, of any number. */
const DIGITS = 0;
/** Digits in a row, as many as the next byte says: around the comma of `1,234` their number matters. */
const SO_MANY_DIGITS = 1;
const LONGEST_RUN = 255;
const MOST_RUNS = 4000;

/** Start and end of the digits that {@link LinePattern.match} found; outside, to spare an array per line. */
const runs = new Int32Array(2 * (MOST_RUNS + 96));

/** Where a number is among the runs of digits: from `before` bytes ahead of its first to `after` bytes behind its last. */
export interface Place {
  readonly first: number;
  readonly last: number;
  readonly before: number;
  readonly after: number;
}

/** A line of ASCII text whose numbers are left open: what logs print again and again. */
export class LinePattern {
  private bytes: Uint8Array = new Uint8Array(0);

  private constructor(
    private readonly pattern: Uint8Array,
    private readonly text: string,
    private readonly starts: readonly number[],
  ) {}

  /**
   * The pattern of a line.
   * @param spans start and end of each piece whose digits are open, in order
   * @returns null for lines with control characters or too many numbers
   */
  static of(text: string, spans: Readonly<Spans>): LinePattern | null {
    const pattern: number[] = [];
    const starts: number[] = [];
    let span = 0;
    for (let at = 0; at < text.length;) {
      while (span < spans.length && at >= spans[span + 1]!) span += 2;
      const open = span < spans.length && at >= spans[span]!;
      const end = endOfDigits(text, at);
      if (!open || end === at) {
        const code = text.charCodeAt(at++);
        if (code <= SO_MANY_DIGITS) return null;
        pattern.push(code);
        continue;
      }
      if (end - at > LONGEST_RUN || starts.length > MOST_RUNS) return null;
      starts.push(at);
      if (besideComma(text, at, end)) pattern.push(SO_MANY_DIGITS, end - at);
      else pattern.push(DIGITS);
      at = end;
    }
    return new LinePattern(Uint8Array.from(pattern), text, starts);
  }

  /** Place of the number at `start` of the line that the pattern is of; null when none of its digits is open. */
  place(start: number, end: number): Place | null {
    const within = this.starts.flatMap((at, index) => (at >= start && at < end ? [index] : []));
    if (within.length === 0) return null;
    const [first, last] = [within[0]!, within.at(-1)!];
    const after = end - endOfDigits(this.text, this.starts[last]!);
    return { first, last, before: this.starts[first]! - start, after };
  }

  /** Where the text of this pattern that begins at `start` ends, at most at `limit`; -1 when there is another text. */
  match(bytes: Uint8Array, start: number, limit: number): number {
    const { pattern } = this;
    const { length } = pattern;
    let at = start;
    let run = 0;
    for (let i = 0; i < length; i++) {
      let expected = pattern[i]!;
      while (expected > SO_MANY_DIGITS) {
        if (bytes[at] !== expected) return -1;
        at++;
        if (++i === length) break;
        expected = pattern[i]!;
      }
      if (i === length) break;
      const first = at;
      while (at < limit && isDigit(bytes[at]!)) at++;
      if (at === first || (expected === SO_MANY_DIGITS && at - first !== pattern[++i])) return -1;
      runs[run++] = first;
      runs[run++] = at;
    }
    if (at > limit) return -1;
    this.bytes = bytes;
    return at;
  }

  /** The number at a place of the line that was matched last. */
  value(place: Place): number {
    const start = runs[2 * place.first]! - place.before;
    const end = runs[2 * place.last + 1]! + place.after;
    const value = decimalAt(this.bytes, start, end);
    return value ?? valueOf(Buffer.from(this.bytes.subarray(start, end)).toString('latin1'));
  }
}

function endOfDigits(text: string, start: number): number {
  let end = start;
  while (isDigit(text.charCodeAt(end))) end++;
  return end;
}

function besideComma(text: string, start: number, end: number): boolean {
  return (
    (text[start - 1] === ',' && isDigit(text.charCodeAt(start - 2))) ||
    (text[end] === ',' && isDigit(text.charCodeAt(end + 1)))
  );
}
