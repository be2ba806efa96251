import { DictPlan } from './dictPlan';
import type { JsonRecord } from './jsonRecord';
import { LinePattern, type Place } from './linePattern';
import { namedNumbers, valueOf, type Spans } from './textNumbers';
import { placePlan, planOf, type TextPlan } from './textPlan';
import { fillPlan, type TextRecord } from './textRecord';

/** What the lines of a shape are: a dict, with metrics, only a counter, a counter that also names a split, or none of these. */
type ShapeKind = 'dict' | 'pairs' | 'counter' | 'heading' | 'prose';

/** A number of a shape: open, or the same in all its lines. */
type Source = Place | number;

/**
 * A line with its digits left open. Logs print the same line again and again with other numbers; what those numbers
 * are need not be found out anew, so reading such a line is a comparison and a few conversions.
 */
export class LineShape {
  /** The shape of the line that came after one of this shape last: logs also repeat the order of their lines. */
  next: LineShape | null = null;

  readonly kind: ShapeKind;

  private constructor(
    private readonly pattern: LinePattern,
    private readonly plan: TextPlan<Source> | DictPlan | null,
    /** What its lines contain, as bits of `HAS`. */
    readonly flags: number,
  ) {
    this.kind = kindOf(plan);
  }

  /** The shape of an ASCII line of pairs or prose; null for lines with control characters or too many numbers. */
  static of(text: string, flags: number): LineShape | null {
    const spans: Spans = [];
    const plan = planOf(text, namedNumbers(text, spans));
    const pattern = LinePattern.of(text, spans);
    if (pattern === null) return null;
    const placed =
      plan &&
      placePlan(
        plan,
        ({ text, start }): Source => pattern.place(start, start + text.length) ?? valueOf(text),
      );
    return new LineShape(pattern, placed, flags);
  }

  /** The shape of an ASCII line that is a dict; null where it is not certain which number is which. */
  static ofDict(text: string, record: JsonRecord, flags: number): LineShape | null {
    const dict = DictPlan.of(text, record);
    return dict && new LineShape(dict.pattern, dict, flags);
  }

  /** Where the line of this shape that begins at `start` ends, at most at `limit`; -1 when it has another shape. */
  match(bytes: Uint8Array, start: number, limit: number): number {
    return this.pattern.match(bytes, start, limit);
  }

  /** What the line that was matched last says; null when it has neither a metric nor a counter. */
  record(): TextRecord | null {
    return this.plan === null || this.plan instanceof DictPlan ? null : fillPlan(this.plan, this.value);
  }

  /** What the dict that was matched last says; null when the shape is none of a dict. */
  dict(): JsonRecord | null {
    return this.plan instanceof DictPlan ? this.plan.record() : null;
  }

  private readonly value = (source: Source): number =>
    typeof source === 'number' ? source : this.pattern.value(source);
}

function kindOf(plan: TextPlan<Source> | DictPlan | null): ShapeKind {
  if (plan === null) return 'prose';
  if (plan instanceof DictPlan) return 'dict';
  if (plan.keys.length > 0) return 'pairs';
  return plan.split === null ? 'counter' : 'heading';
}
