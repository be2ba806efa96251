export interface Point {
  x: number;
  y: number;
}

/**
 * The points of one line, made of the columns of a curve as they grow: `extend` looks only at what is new. A value
 * without a place on the axis is left out; where the axis goes back (a run resumed from a checkpoint) the line breaks.
 */
export class Line {
  readonly points: Point[] = [];
  /** For each point the index of its value in the curve; -1 for a break. */
  readonly source: number[] = [];
  private read = 0;
  private lastX = Number.NEGATIVE_INFINITY;

  /** @returns whether there was anything new */
  extend(xs: readonly number[], ys: readonly number[]): boolean {
    const before = this.points.length;
    for (; this.read < ys.length; this.read++) {
      const x = xs[this.read]!;
      const y = ys[this.read]!;
      if (!Number.isFinite(x)) continue;
      if (x < this.lastX) this.push({ x, y: Number.NaN }, -1);
      this.push({ x, y: Number.isFinite(y) ? y : Number.NaN }, this.read);
      this.lastX = x;
    }
    return this.points.length > before;
  }

  private push(point: Point, source: number): void {
    this.points.push(point);
    this.source.push(source);
  }
}

/**
 * Where values were not finite, as points at the height of the last finite one before them, so that they are seen
 * where they happened.
 */
export class OddPoints {
  readonly points: Point[] = [];
  private read = 0;
  private height: number | null = null;

  extend(xs: readonly number[], ys: readonly number[]): void {
    for (; this.read < ys.length; this.read++) {
      const y = ys[this.read]!;
      if (Number.isFinite(y)) this.setHeight(y);
      else if (Number.isFinite(xs[this.read]))
        this.points.push({ x: xs[this.read]!, y: this.height ?? Number.NaN });
    }
  }

  /** The first finite value also gives a height to the odd ones before it. */
  private setHeight(y: number): void {
    if (this.height === null) for (const point of this.points) point.y = y;
    this.height = y;
  }
}
