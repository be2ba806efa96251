import { isAscii, isUtf8 } from 'node:buffer';
import { stripAnsi } from './ansi';
import { TextDecoding } from './textEncoding';

/** Longest line, in bytes, that is read; what is longer is no log line and is reported instead of buffered. */
export const LONGEST_LINE = 1 << 20;

/** Receives what {@link LineReader} makes of the bytes, in file order. */
export interface LineSink {
  /**
   * One line, or one piece of a line that a program redraws with `\r` or `\b`. ANSI codes and NULs are gone.
   * @param line 1-based; all pieces of a line carry its number
   * @param redrawn a later piece of the same line follows and, on a terminal, overwrites this one
   */
  line(text: string, line: number, redrawn: boolean): void;
  /**
   * Tries to take a whole line as its bytes, which are valid UTF-8 without ANSI codes, before it is decoded for `line`.
   * @returns whether the line is done with
   */
  bytes?: ((bytes: Uint8Array, start: number, end: number, line: number) => boolean) | undefined;
  /**
   * Tries to take the line that begins at `start`, as `bytes` does, without being told where it ends.
   * @returns where it ends, at most at `limit`; -1 when the line has to be looked at
   */
  expected?: ((bytes: Uint8Array, start: number, limit: number, line: number) => number) | undefined;
  /** A line, or a piece of one, that is longer than {@link LONGEST_LINE}. Reading goes on after it. */
  tooLong(line: number): void;
}

export const NEWLINE = 0x0a;
export const CR = 0x0d;
const BACKSPACE = 0x08;
const ESCAPE = 0x1b;

/**
 * Turns bytes into lines, incrementally: any split of the same bytes gives the same calls. Whole lines are
 * decoded in one go, and cleaned only when the block holds a character that needs it, so that plain text
 * costs little more than decoding and splitting. At most {@link LONGEST_LINE} bytes are held back.
 */
export class LineReader {
  private readonly decoding = new TextDecoding();
  /** Bytes of the unfinished piece; never holds a line end or a redraw character. */
  private carry = Buffer.alloc(256);
  private carried = 0;
  /** `\r` or `\b` was seen after the carried bytes; only what follows tells a redraw from a line end. */
  private redrawPending = false;
  private skipping = false;
  private lineNumber = 1;

  constructor(private readonly sink: LineSink) {}

  /** Delivers to `sink` what {@link end} would deliver, and changes nothing. */
  peek(sink: LineSink): void {
    if (this.decoding.start.length > 0) {
      const whole = new LineReader(sink);
      whole.push(this.decoding.start);
      whole.end();
    } else if (this.carried > 0) {
      sink.line(decodeLine(this.carry.subarray(0, this.carried)), this.lineNumber, false);
    }
  }

  /** The next bytes of the file. The array is not kept. */
  push(chunk: Uint8Array): void {
    this.take(this.decoding.push(chunk));
  }

  /** No more bytes: delivers the last line even without its line end. */
  end(): void {
    this.take(this.decoding.end());
    if (this.carried > 0 || this.skipping) this.finishPiece(false);
  }

  private take(bytes: Buffer): void {
    if (bytes.length === 0) return;
    let start = 0;
    const lastNewline = bytes.lastIndexOf(NEWLINE);
    if (lastNewline >= 0) {
      if (this.carried > 0 || this.redrawPending || this.skipping) {
        const first = bytes.indexOf(NEWLINE);
        this.takePieces(bytes.subarray(0, first));
        this.finishLine();
        start = first + 1;
      }
      if (start <= lastNewline) this.takeLines(bytes.subarray(start, lastNewline));
      start = lastNewline + 1;
    }
    if (start < bytes.length) this.takePieces(bytes.subarray(start));
  }

  /** Whole lines, without the last line end, nothing being carried. */
  private takeLines(block: Buffer): void {
    const redraws = block.includes(CR) || block.includes(BACKSPACE);
    const utf8 = isUtf8(block);
    const ansi = block.includes(ESCAPE) || block.includes('[0m');
    const asText = ansi || !this.sink.bytes;
    if (asText && utf8 && !redraws && block.length <= LONGEST_LINE) this.takeText(block, ansi);
    else this.takeLinesOneByOne(block, redraws, utf8 && !ansi);
  }

  /** Lines that need no care at all are decoded in one go. */
  private takeText(block: Buffer, ansi: boolean): void {
    const text = block.toString('utf8');
    let start = 0;
    for (;;) {
      const newline = text.indexOf('\n', start);
      const line = newline < 0 ? text.slice(start) : text.slice(start, newline);
      this.sink.line(ansi ? stripAnsi(line) : line, this.lineNumber++, false);
      if (newline < 0) return;
      start = newline + 1;
    }
  }

  /** @param redraws there are `\r` or `\b` somewhere @param clean the block is UTF-8 without ANSI codes */
  private takeLinesOneByOne(block: Buffer, redraws: boolean, clean: boolean): void {
    const encoding = isAscii(block) ? 'latin1' : 'utf8';
    let start = 0;
    let redraw = redraws ? -1 : block.length;
    for (;;) {
      if (clean && this.sink.expected) {
        start = this.takeExpected(block, start);
        if (start > block.length) return;
      }
      const newline = block.indexOf(NEWLINE, start);
      const stop = newline < 0 ? block.length : newline;
      let end = stop;
      while (end > start && block[end - 1] === CR) end--;
      if (redraw < start) redraw = nextRedraw(block, start);
      if (redraw < end || end - start > LONGEST_LINE) {
        this.takePieces(block.subarray(start, end));
        this.finishLine();
      } else {
        const done = clean && this.sink.bytes?.(block, start, end, this.lineNumber);
        if (!done) {
          const text = clean ? block.toString(encoding, start, end) : decodeLine(block.subarray(start, end));
          this.sink.line(text, this.lineNumber, false);
        }
        this.lineNumber++;
      }
      if (newline < 0) return;
      start = newline + 1;
    }
  }

  /** Lines as the sink expects them, for which no end needs to be looked for. Gives where the first other one begins. */
  private takeExpected(block: Buffer, start: number): number {
    for (;;) {
      const end = this.sink.expected!(block, start, block.length, this.lineNumber);
      if (end < 0) return start;
      this.lineNumber++;
      start = end + 1;
      if (start > block.length) return start;
    }
  }

  /** Bytes of one line: each piece that is certainly over is delivered, the last one is carried. */
  private takePieces(bytes: Buffer): void {
    let start = 0;
    while (start < bytes.length) {
      if (isRedraw(bytes[start]!)) {
        this.redrawPending = true;
        start++;
        continue;
      }
      if (this.redrawPending) {
        this.redrawPending = false;
        if (this.carried > 0 || this.skipping) this.finishPiece(true);
      }
      const end = nextRedraw(bytes, start);
      this.keep(bytes.subarray(start, end));
      start = end;
    }
  }

  private keep(bytes: Buffer): void {
    if (this.skipping) return;
    if (this.carried + bytes.length > LONGEST_LINE) {
      this.carried = 0;
      this.skipping = true;
      this.sink.tooLong(this.lineNumber);
      return;
    }
    const needed = this.carried + bytes.length;
    if (needed > this.carry.length) {
      const grown = Buffer.alloc(Math.max(needed, 2 * this.carry.length));
      this.carry.copy(grown, 0, 0, this.carried);
      this.carry = grown;
    }
    bytes.copy(this.carry, this.carried);
    this.carried = needed;
  }

  private finishLine(): void {
    this.redrawPending = false;
    this.finishPiece(false);
    this.lineNumber++;
  }

  private finishPiece(redrawn: boolean): void {
    const text = this.skipping ? null : decodeLine(this.carry.subarray(0, this.carried));
    this.carried = 0;
    this.skipping = false;
    if (text !== null) this.sink.line(text, this.lineNumber, redrawn);
  }
}

/** UTF-8, or else Windows-1252: only the ASCII parts matter to us, and each line is judged by itself. */
function decodeLine(bytes: Buffer): string {
  return stripAnsi(isUtf8(bytes) ? bytes.toString('utf8') : bytes.toString('latin1'));
}

function isRedraw(byte: number): boolean {
  return byte === CR || byte === BACKSPACE;
}

function nextRedraw(bytes: Buffer, start: number): number {
  const cr = bytes.indexOf(CR, start);
  const end = cr < 0 ? bytes.length : cr;
  const backspace = bytes.subarray(start, end).indexOf(BACKSPACE);
  return backspace < 0 ? end : start + backspace;
}
