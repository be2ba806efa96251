import { isDigit } from './charCodes';
import { decimalAt } from './decimal';
import { namedNumbers, valueOf, type Quantity, type Spans } from './textNumbers';
import { planOf, type TextPlan } from './textPlan';
import { fillPlan, type TextRecord } from './textRecord';

/** Digits in a row, of any number. */
const DIGITS = 0;
/** Digits in a row, as many as the next byte says: around the comma of `1,234` their number matters. */
const SO_MANY_DIGITS = 1;
const LONGEST_RUN = 255;

/** Start and end of the digits that {@link LineShape.read} found; outside, to spare an array per line. */
const runs = new Int32Array(2 * 4096);

/** Where a number is among the runs of digits: from `before` bytes ahead of its first to `after` bytes behind its last. */
interface Place {
  readonly first: number;
  readonly last: number;
  readonly before: number;
  readonly after: number;
}

/**
 * A line with its digits left open. Logs print the same line again and again with other numbers; what those numbers
 * are need not be found out anew, so reading such a line is a comparison and a few conversions.
 */
export class LineShape {
  private bytes: Uint8Array = new Uint8Array(0);
  private readonly places = new Map<Quantity, Place>();

  private constructor(
    private readonly pattern: Uint8Array,
    private readonly plan: TextPlan | null,
  ) {}

  /** What its lines are: with metrics, only a counter, a counter that also names a split, or neither. */
  get kind(): 'pairs' | 'counter' | 'heading' | 'prose' {
    if (this.plan === null) return 'prose';
    if (this.plan.keys.length > 0) return 'pairs';
    return this.plan.split === null ? 'counter' : 'heading';
  }

  /** The shape of an ASCII line; null for lines with control characters or too many numbers. */
  static of(text: string): LineShape | null {
    const spans: Spans = [];
    const plan = planOf(text, namedNumbers(text, spans));
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
      if (end - at > LONGEST_RUN || starts.length > 4000) return null;
      starts.push(at);
      if (besideComma(text, at, end)) pattern.push(SO_MANY_DIGITS, end - at);
      else pattern.push(DIGITS);
      at = end;
    }
    const shape = new LineShape(Uint8Array.from(pattern), plan);
    if (plan) for (const quantity of quantitiesOf(plan)) shape.place(text, quantity, starts);
    return shape;
  }

  /** Whether the line has this shape; {@link record} is then its record. */
  read(bytes: Uint8Array, start: number, end: number): boolean {
    const { pattern } = this;
    let at = start;
    let run = 0;
    for (let i = 0; i < pattern.length; i++) {
      const expected = pattern[i]!;
      if (expected > SO_MANY_DIGITS) {
        if (at >= end || bytes[at] !== expected) return false;
        at++;
        continue;
      }
      const first = at;
      while (at < end && isDigit(bytes[at]!)) at++;
      if (at === first || (expected === SO_MANY_DIGITS && at - first !== pattern[++i])) return false;
      runs[run++] = first;
      runs[run++] = at;
    }
    this.bytes = bytes;
    return at === end;
  }

  /** What the line that was read last says; null when it has neither a metric nor a counter. */
  record(): TextRecord | null {
    return this.plan && fillPlan(this.plan, this.value);
  }

  private readonly value = (quantity: Quantity): number => {
    const place = this.places.get(quantity);
    if (!place) return valueOf(quantity.text);
    const start = runs[2 * place.first]! - place.before;
    const end = runs[2 * place.last + 1]! + place.after;
    const value = decimalAt(this.bytes, start, end);
    return value ?? valueOf(Buffer.from(this.bytes.subarray(start, end)).toString('latin1'));
  };

  /** A number without digits (`nan`) has no place: it is always the same. */
  private place(text: string, quantity: Quantity, starts: readonly number[]): void {
    const { start } = quantity;
    const end = start + quantity.text.length;
    const within = starts.flatMap((at, index) => (at >= start && at < end ? [index] : []));
    if (within.length === 0) return;
    const [first, last] = [within[0]!, within.at(-1)!];
    const after = end - endOfDigits(text, starts[last]!);
    this.places.set(quantity, { first, last, before: starts[first]! - start, after });
  }
}

function quantitiesOf(plan: TextPlan): Quantity[] {
  const counters = [plan.epoch, plan.totalEpochs, plan.count, plan.totalCount, plan.rank?.quantity ?? null];
  const metrics = plan.sources.flatMap(({ value, of, instead }) => [value, of, instead]);
  return [...counters, ...metrics].filter((quantity) => quantity !== null);
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
