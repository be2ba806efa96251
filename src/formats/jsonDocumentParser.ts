import * as l10n from '@vscode/l10n';
import { UNKNOWN, type LogParser, type PointSink } from './format';
import { parseLooseJson } from './looseJson';

/** A larger document holds no curves. */
const LARGEST = 64 * 1024 * 1024;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Holds a JSON document until its last bracket, then parses it and hands it on. What comes after it is not read. */
export class JsonDocumentParser implements LogParser {
  private chunks: Buffer[] = [];
  private size = 0;
  private depth = 0;
  private inString = false;
  private escaped = false;
  private state: 'before' | 'inside' | 'done' = 'before';

  constructor(
    private readonly sink: PointSink,
    private readonly document: (value: unknown) => void,
  ) {}

  /** A document that is cut off is reported, at the end, as what it is. */
  get pending(): boolean {
    return this.state === 'inside';
  }

  push(chunk: Uint8Array): void {
    if (this.state === 'done') return;
    const end = this.endIn(chunk);
    const part = Buffer.from(chunk.subarray(0, end < 0 ? chunk.length : end));
    this.chunks.push(part);
    this.size += part.length;
    if (end >= 0) this.finish();
    else if (this.size > LARGEST) this.give(l10n.t('the JSON document is larger than 64 MiB'));
  }

  end(): void {
    if (this.state === 'inside') this.give(l10n.t('the JSON document is cut off'));
  }

  /** Where the document ends in the chunk; -1 when it goes on. */
  private endIn(chunk: Uint8Array): number {
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (byte > 0x20 && this.state === 'before') this.state = 'inside';
      if (this.inString) {
        if (this.escaped) this.escaped = false;
        else if (byte === BACKSLASH) this.escaped = true;
        else if (byte === QUOTE) this.inString = false;
      } else if (byte === QUOTE) this.inString = true;
      else if (byte === 0x5b || byte === 0x7b) this.depth++;
      else if ((byte === 0x5d || byte === 0x7d) && --this.depth <= 0) return i + 1;
    }
    return -1;
  }

  private finish(): void {
    const value = parseLooseJson(
      Buffer.concat(this.chunks)
        .toString('utf8')
        .replace(/^\ufeff/, ''),
    );
    if (value === undefined) this.give(l10n.t('not a JSON document'));
    else {
      this.state = 'done';
      this.chunks = [];
      this.document(value);
    }
  }

  private give(reason: string): void {
    this.state = 'done';
    this.chunks = [];
    this.sink.skip(UNKNOWN, reason);
  }
}

/**
 * The start of a document as a document of its own: cut after the last value that is whole, and closed.
 * @returns undefined when the text is no start of one
 */
export function closeJson(text: string): unknown {
  const open: string[] = [];
  let cut = 0;
  let closers = '';
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (inString) {
      if (char === '\\') i++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '[' || char === '{') open.push(char === '[' ? ']' : '}');
    else if (char === ']' || char === '}') open.pop();
    if (inString || !',[{]}'.includes(char)) continue;
    cut = char === ',' ? i : i + 1;
    closers = open.toReversed().join('');
  }
  return parseLooseJson(text.slice(0, cut) + closers);
}
