/** First room for values; most logs are short. */
const FIRST = 64;
/** A long column grows by half: doubling would hold up to twice what is needed. */
const GROWTH = 1.5;

/**
 * A growable array of doubles: amortised O(1) append, read as a plain typed array. While all its values are NaN
 * (a log without wall times has a whole column of them) it holds only their number.
 */
export class Column {
  private data: Float64Array | null = null;
  private used = 0;

  /** A column holding a copy of `values`. */
  static from(values: ArrayLike<number>): Column {
    const column = new Column();
    for (let i = 0; i < values.length; i++) column.push(values[i]!);
    return column;
  }

  get length(): number {
    return this.used;
  }

  push(value: number): void {
    if (this.data === null) {
      if (Number.isNaN(value)) {
        this.used++;
        return;
      }
      this.data = new Float64Array(Math.max(FIRST, Math.ceil(this.used * GROWTH))).fill(
        Number.NaN,
        0,
        this.used,
      );
    }
    if (this.used === this.data.length) {
      const grown = new Float64Array(Math.ceil(this.data.length * GROWTH));
      grown.set(this.data);
      this.data = grown;
    }
    this.data[this.used++] = value;
  }

  /** The value at `index`; a negative index counts from the end; NaN outside. */
  at(index: number): number {
    const i = index < 0 ? this.used + index : index;
    return this.data !== null && i >= 0 && i < this.used ? this.data[i]! : Number.NaN;
  }

  /** The values from `from` on as a view (no copy where there are values): valid until the next `push`. */
  view(from = 0): Float64Array {
    return (
      this.data?.subarray(from, this.used) ?? new Float64Array(Math.max(0, this.used - from)).fill(Number.NaN)
    );
  }
}
