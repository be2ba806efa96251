/** A growable array of doubles: amortised O(1) append, 8 bytes a value, read as a plain typed array. */
export class Column {
  private data: Float64Array;
  private used = 0;

  constructor(capacity = 64) {
    this.data = new Float64Array(capacity);
  }

  /** A column holding a copy of `values`. */
  static from(values: ArrayLike<number>): Column {
    const column = new Column(Math.max(values.length, 1));
    column.data.set(values);
    column.used = values.length;
    return column;
  }

  get length(): number {
    return this.used;
  }

  push(value: number): void {
    if (this.used === this.data.length) {
      const grown = new Float64Array(Math.max(64, this.data.length * 2));
      grown.set(this.data);
      this.data = grown;
    }
    this.data[this.used++] = value;
  }

  /** The value at `index`; a negative index counts from the end; NaN outside. */
  at(index: number): number {
    const i = index < 0 ? this.used + index : index;
    return i >= 0 && i < this.used ? this.data[i]! : Number.NaN;
  }

  /** The values from `from` on as a view (no copy): valid until the next `push`. */
  view(from = 0): Float64Array {
    return this.data.subarray(from, this.used);
  }
}
