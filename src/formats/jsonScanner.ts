/** Receives what {@link JsonScanner} finds, in document order. */
export interface JsonScannerSink {
  /** One object of the watched array, as JSON text. @param line 1-based line on which it begins */
  item(text: string, line: number): void;
  /** An object that is longer than 1 MiB; it is not kept. */
  itemTooLong(line: number): void;
  /** A number, word or short string of the document's top level. */
  field(key: string, text: string): void;
  /** The document is complete. */
  end(line: number): void;
}

const LONGEST_ITEM = 1 << 20;
const LONGEST_FIELD = 256;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;

/**
 * Finds the objects of one top-level array of a JSON document while its bytes arrive. Nothing else is kept, so
 * memory is bounded by one object, and a document that is cut off still gives all that is before the cut.
 */
export class JsonScanner {
  private depth = 0;
  private inString = false;
  private escaped = false;
  private line = 1;
  /** Inside the watched array. */
  private watching = false;
  private done = false;
  private itemLine = 0;
  private item = Buffer.alloc(1024);
  private itemLength = -1;
  /** Text of the current top-level member, `"key": value`, up to {@link LONGEST_FIELD} bytes. */
  private member = '';

  constructor(
    private readonly key: string,
    private readonly sink: JsonScannerSink,
  ) {}

  /** The next bytes of the document. */
  push(chunk: Uint8Array): void {
    let itemStart = this.itemLength >= 0 ? 0 : -1;
    for (let i = 0; i < chunk.length && !this.done; i++) {
      const byte = chunk[i]!;
      if (byte === NEWLINE) this.line++;
      if (this.inString) {
        if (this.escaped) this.escaped = false;
        else if (byte === BACKSLASH) this.escaped = true;
        else if (byte === QUOTE) this.inString = false;
        if (this.depth === 1) this.note(byte);
        continue;
      }
      switch (byte) {
        case QUOTE:
          this.inString = true;
          break;
        case 0x7b: // {
        case 0x5b: // [
          if (byte === 0x7b && this.watching && this.depth === 2) {
            itemStart = i;
            this.itemLength = 0;
            this.itemLine = this.line;
          } else if (byte === 0x5b && this.depth === 1 && this.memberKey() === this.key) this.watching = true;
          this.depth++;
          continue;
        case 0x7d: // }
        case 0x5d: // ]
          this.depth--;
          if (this.itemLength >= 0 && this.depth === 2) {
            this.keep(chunk.subarray(itemStart, i + 1));
            this.finishItem();
            itemStart = -1;
          } else if (this.depth === 1) this.watching = false;
          else if (this.depth <= 0) {
            this.finishMember();
            this.done = true;
            this.sink.end(this.line);
          }
          continue;
        case 0x2c: // ,
          if (this.depth === 1) this.finishMember();
          continue;
      }
      if (this.depth === 1) this.note(byte);
    }
    if (itemStart >= 0 && !this.done) this.keep(chunk.subarray(itemStart));
  }

  /** No more bytes. What is incomplete is dropped. */
  end(): void {
    this.done = true;
  }

  private note(byte: number): void {
    if (this.member.length < LONGEST_FIELD) this.member += String.fromCharCode(byte);
  }

  private memberKey(): string {
    return /^\s*"([^"]*)"\s*:\s*$/.exec(this.member)?.[1] ?? '';
  }

  private finishMember(): void {
    const match = /^\s*"([^"]*)"\s*:\s*(\S+)\s*$/.exec(this.member);
    if (match) this.sink.field(match[1]!, match[2]!);
    this.member = '';
  }

  private keep(bytes: Uint8Array): void {
    const length = this.itemLength + bytes.length;
    if (length <= LONGEST_ITEM) {
      if (length > this.item.length) {
        const grown = Buffer.alloc(Math.max(length, 2 * this.item.length));
        this.item.copy(grown, 0, 0, this.itemLength);
        this.item = grown;
      }
      this.item.set(bytes, this.itemLength);
    }
    this.itemLength = length;
  }

  private finishItem(): void {
    if (this.itemLength > LONGEST_ITEM) this.sink.itemTooLong(this.itemLine);
    else this.sink.item(this.item.toString('utf8', 0, this.itemLength), this.itemLine);
    this.itemLength = -1;
  }
}
