import { ascii, decimalAt } from './decimal';
import { parseNumber } from './numbers';

const QUOTE = 0x22;
const LONGEST_CELL = 64;

/** The numbers of one row, read from its bytes without a string in between. */
export class CsvRow {
  private starts = new Int32Array(0);
  /** Value of each cell. */
  numbers = new Float64Array(0);
  /** Whether each cell holds a number; else it is empty. */
  filled = new Uint8Array(0);

  /**
   * Reads a row of so many cells.
   * @returns false when it is not made of numbers and empty cells alone, and has to be looked at as text
   */
  read(bytes: Uint8Array, start: number, end: number, delimiter: number, count: number): boolean {
    if (!this.split(bytes, start, end, delimiter, count)) return false;
    for (let i = 0; i < count; i++) {
      let from = this.starts[i]!;
      let to = this.starts[i + 1]! - 1;
      while (from < to && bytes[from]! <= 0x20) from++;
      while (from < to && bytes[to - 1]! <= 0x20) to--;
      this.filled[i] = from < to ? 1 : 0;
      if (from === to) {
        this.numbers[i] = Number.NaN;
        continue;
      }
      if (to - from > LONGEST_CELL) return false;
      const value = decimalAt(bytes, from, to) ?? parseNumber(ascii(bytes, from, to));
      if (value === undefined) return false;
      this.numbers[i] = value;
    }
    return true;
  }

  /** Finds where each cell starts; the one after the last starts behind the row. */
  private split(bytes: Uint8Array, start: number, end: number, delimiter: number, count: number): boolean {
    if (this.filled.length !== count) {
      this.starts = new Int32Array(count + 1);
      this.numbers = new Float64Array(count);
      this.filled = new Uint8Array(count);
    }
    const { starts } = this;
    starts[0] = start;
    let cells = 1;
    for (let at = start; at < end; at++) {
      const byte = bytes[at]!;
      if (byte === QUOTE) return false;
      if (byte !== delimiter) continue;
      if (cells === count) return false;
      starts[cells++] = at + 1;
    }
    starts[count] = end + 1;
    return cells === count;
  }
}
