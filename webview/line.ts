export interface Point {
  x: number;
  y: number;
}

/** Which places and values an axis can show: a log scale only those above 0. */
export interface Drawable {
  x(value: number): boolean;
  y(value: number): boolean;
}

const above0 = (value: number): boolean => value > 0 && value < Infinity;

/** What can be drawn on axes that are linear, or logarithmic. */
export function drawable(logX = false, logY = false): Drawable {
  return { x: logX ? above0 : Number.isFinite, y: logY ? above0 : Number.isFinite };
}

/**
 * The points of one line, made of the columns of a curve as they grow: `extend` looks only at what is new. What has no
 * place on the x axis is left out; the line has a gap where a value has no height, and where the x axis goes back (a run
 * resumed from a checkpoint).
 */
export class Line {
  readonly points: Point[] = [];
  /** For each point the index of its value in the curve; -1 for a break. */
  readonly source: number[] = [];
  /** Whether the x axis never goes back. */
  ascending = true;
  private read = 0;
  private lastX = Number.NEGATIVE_INFINITY;

  /** @param shift how far it is moved to the left */
  constructor(
    private readonly can: Drawable = drawable(),
    private readonly shift = 0,
  ) {}

  /** @returns whether there was anything new */
  extend(xs: readonly number[], ys: readonly number[]): boolean {
    const before = this.points.length;
    for (; this.read < ys.length; this.read++) {
      const x = xs[this.read]! - this.shift;
      const y = ys[this.read]!;
      if (!this.can.x(x)) continue;
      if (x < this.lastX) {
        this.ascending = false;
        this.push({ x, y: Number.NaN }, -1);
      }
      this.push({ x, y: this.can.y(y) ? y : Number.NaN }, this.read);
      this.lastX = x;
    }
    return this.points.length > before;
  }

  /** Gives the points other heights. @param ys one for each value that was taken in; which have none may not change */
  setHeights(ys: readonly number[]): void {
    this.source.forEach((from, i) => {
      const y = ys[from] ?? Number.NaN;
      this.points[i]!.y = this.can.y(y) ? y : Number.NaN;
    });
  }

  private push(point: Point, source: number): void {
    this.points.push(point);
    this.source.push(source);
  }
}

/**
 * Where values have no height, as points at the height of the last one before them that has, so that they are seen where
 * they happened.
 */
export class OddPoints {
  readonly points: Point[] = [];
  private read = 0;
  private height: number | null = null;

  /**
   * @param wanted which of the values without a height are meant
   * @param otherwise where they stand as long as no value has a height
   */
  constructor(
    private readonly wanted: (value: number) => boolean,
    private readonly can: Drawable = drawable(),
    private readonly shift = 0,
    private readonly otherwise = Number.NaN,
  ) {}

  extend(xs: readonly number[], ys: readonly number[]): void {
    for (; this.read < ys.length; this.read++) {
      const [x, y] = [xs[this.read]! - this.shift, ys[this.read]!];
      if (this.can.y(y)) this.setHeight(y);
      else if (this.can.x(x) && this.wanted(y)) this.points.push({ x, y: this.height ?? this.otherwise });
    }
  }

  /** The first value with a height also gives it to the odd ones before it. */
  private setHeight(y: number): void {
    if (this.height === null) for (const point of this.points) point.y = y;
    this.height = y;
  }
}
