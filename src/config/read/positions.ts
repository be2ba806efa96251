import type { Position, Range } from '../../remedies/textEdit';

/** Turns offsets in a text into lines and UTF-16 columns; a line ends with `\n`, `\r\n` or a lone `\r`, as in editors. */
export class Positions {
  private readonly starts: number[] = [0];

  constructor(text: string) {
    for (const match of text.matchAll(/\r\n|\r|\n/g)) this.starts.push(match.index + match[0].length);
  }

  at(offset: number): Position {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: offset - this.starts[low]! };
  }

  range(from: number, to: number): Range {
    return { start: this.at(from), end: this.at(to) };
  }
}
