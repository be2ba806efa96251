import type { JsonRecord } from './jsonRecord';
import { LinePattern, type Place } from './linePattern';
import { wallTime } from './positionName';
import type { Spans } from './textNumbers';

const LITERAL = /[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/g;
/** A literal that is the value of a member, perhaps in quotes. */
const BEFORE_VALUE = /:\s*\[?["']?$/;

interface Literal {
  readonly start: number;
  readonly end: number;
  readonly value: number;
}

/** Which number of a printed dict is which: the same for all its lines that differ only in their digits. */
export class DictPlan {
  private constructor(
    readonly pattern: LinePattern,
    private readonly model: JsonRecord,
    private readonly step: Place | null,
    private readonly epoch: Place | null,
    private readonly time: Place | null,
    private readonly values: readonly (Place | null)[],
  ) {}

  /**
   * Finds the numbers of a record again in the line that it was read from. Null when a number stands there twice, or not
   * as it was read: another line of the kind will tell.
   */
  static of(text: string, record: JsonRecord): DictPlan | null {
    if (record.keys.length === 0 || !Number.isNaN(record.totalSteps)) return null;
    const literals = literalsOf(text);
    const sources = [record.step, record.epoch, ...record.values].map((value) => sourceOf(value, literals));
    sources.push(sourceOf(record.time, literals, wallTime));
    if (sources.includes(undefined)) return null;
    const open = literals.filter(
      (literal) => sources.includes(literal) || BEFORE_VALUE.test(text.slice(0, literal.start)),
    );
    const pattern = LinePattern.of(
      text,
      open.flatMap(({ start, end }): Spans => [start, end]),
    );
    if (pattern === null) return null;
    const places = sources.map((literal) => (literal ? pattern.place(literal.start, literal.end) : null));
    const [step, epoch, ...values] = places;
    // Who reads the record may change it.
    const model = { ...record, values: [...record.values] };
    return new DictPlan(pattern, model, step!, epoch!, places.at(-1)!, values.slice(0, -1));
  }

  /** The record of the line that the pattern matched last. */
  record(): JsonRecord {
    const { pattern, model, step, epoch, time } = this;
    const values = model.values.slice();
    for (let i = 0; i < values.length; i++) {
      const place = this.values[i]!;
      if (place) values[i] = pattern.value(place);
    }
    return {
      ...model,
      step: step ? pattern.value(step) : model.step,
      epoch: epoch ? pattern.value(epoch) : model.epoch,
      time: time ? wallTime(pattern.value(time)) : model.time,
      values,
    };
  }
}

function literalsOf(text: string): Literal[] {
  return [...text.matchAll(LITERAL)].map(({ 0: written, index }) => ({
    start: index,
    end: index + written.length,
    value: Number(written),
  }));
}

/** The literal of a number; null when it is none in digits (`nan`), undefined when it can't be told. */
function sourceOf(
  value: number,
  literals: readonly Literal[],
  readAs = (written: number): number => written,
): Literal | null | undefined {
  const alike = literals.filter((literal) => readAs(literal.value) === value);
  if (alike.length === 1) return alike[0]!;
  return alike.length === 0 && !Number.isFinite(value) ? null : undefined;
}
