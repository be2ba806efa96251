import { CR, LONGEST_LINE, NEWLINE } from './lines';
import type { LineShape } from './lineShape';

/** Shapes that are kept; logs have a few, hostile ones any number. */
const KEPT = 512;
/** Shapes of one hash: lines whose names are told apart by a digit (`#0: loss1`, `#1: loss2`). */
const KEPT_OF_ONE = 16;
/** Learning costs as much as reading a few lines, so each shape has to pay for the next. */
const UNPAID = 64;
const HITS_PER_SHAPE = 4;
/** Longer lines are read anew each time. */
const LONGEST = 4096;

/** The shapes of the lines so far, by the hash of all but their digits. */
export class LineShapes {
  private byHash = new Map<number, LineShape[]>();
  private seen = new Set<number>();
  private kept = 0;
  private learnt = 0;
  private hits = 0;
  /** Shape of the line before. */
  private last: LineShape | null = null;

  /** The shape that is likely to come now. */
  get expected(): LineShape | null {
    return this.last && (this.last.next ?? this.last);
  }

  /**
   * Where the line that begins at `start` ends, at most at `limit`, if it has the expected shape; else -1. If the line is
   * taken, `follow` wants to know.
   */
  matchExpected(bytes: Uint8Array, start: number, limit: number): number {
    const { expected } = this;
    const end = expected ? expected.match(bytes, start, limit) : -1;
    if (end < 0 || end - start > LONGEST_LINE) return -1;
    let stop = end;
    while (stop < limit && bytes[stop] === CR) stop++;
    return stop === limit || bytes[stop] === NEWLINE ? stop : -1;
  }

  /** The line has this shape. */
  follow(shape: LineShape): LineShape {
    this.hits++;
    if (this.last) this.last.next = shape;
    this.last = shape;
    return shape;
  }

  /** The shape of this line, ready to give its record; undefined when no line like it was learnt. */
  find(hash: number, bytes: Uint8Array, start: number, end: number): LineShape | undefined {
    const shapes = this.byHash.get(hash);
    if (shapes === undefined) return undefined;
    for (const shape of shapes) {
      if (shape.match(bytes, start, end) !== end) continue;
      this.follow(shape);
      return shape;
    }
    return undefined;
  }

  /** A line of `length` characters that was not found. Only what comes a second time is worth learning. */
  learn(hash: number, length: number, shapeOf: () => LineShape | null): void {
    if (length > LONGEST || (this.learnt - UNPAID) * HITS_PER_SHAPE > this.hits) return;
    if (!this.seen.has(hash)) {
      if (this.seen.size >= 8 * KEPT) this.seen.clear();
      this.seen.add(hash);
      return;
    }
    const shapes = this.byHash.get(hash) ?? [];
    if (shapes.length >= KEPT_OF_ONE) return;
    const shape = shapeOf();
    if (shape === null) return;
    this.learnt++;
    if (this.kept++ >= KEPT) {
      this.byHash.clear();
      this.last = null;
      this.kept = 1;
    }
    this.byHash.set(hash, [...shapes, shape]);
  }
}
