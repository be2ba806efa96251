import { StringDecoder } from 'node:string_decoder';

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** The encoding is settled by the first line, or as many bytes as this of it. */
const ENOUGH = 64;
/** A first line that is shorter tells nothing; it is settled by the next ones too. */
const TOO_FEW = 8;
const NOTHING = Buffer.alloc(0);

/**
 * Turns the bytes of a text file in UTF-8 or UTF-16 (by byte order mark, else by where its NULs are) into UTF-8
 * without mark and NULs. UTF-8 passes through uncopied; bytes that are not valid UTF-8 pass through as they are.
 */
export class TextDecoding {
  private encoding: Encoding | null = null;
  /** Bytes that are held back because too few came to tell the encoding. */
  start: Buffer = NOTHING;
  private readonly utf16 = new StringDecoder('utf16le');
  private odd: number | null = null;

  /** The next bytes; gives nothing until the first line, or 64 bytes of it, has told the encoding. The result is not a copy. */
  push(chunk: Uint8Array): Buffer {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (this.encoding !== null) return this.decode(bytes, this.encoding);
    this.start = Buffer.concat([this.start, bytes]);
    const enough = telling(this.start);
    return enough > this.start.length ? NOTHING : this.settle();
  }

  /** What is still held back. */
  end(): Buffer {
    const rest = this.encoding === null ? this.settle() : NOTHING;
    const tail = this.encoding === 'utf-8' ? '' : this.utf16.end();
    return tail === '' ? rest : Buffer.concat([rest, Buffer.from(tail, 'utf8')]);
  }

  private settle(): Buffer {
    const { encoding, mark } = detect(this.start.subarray(0, telling(this.start)));
    this.encoding = encoding;
    const rest = this.start.subarray(mark);
    this.start = NOTHING;
    return this.decode(rest, encoding);
  }

  private decode(bytes: Buffer, encoding: Encoding): Buffer {
    if (encoding === 'utf-8') return withoutNuls(bytes);
    const little = encoding === 'utf-16le' ? bytes : this.swap(bytes);
    return withoutNuls(Buffer.from(this.utf16.write(little), 'utf8'));
  }

  /** Big endian to little endian; an odd byte waits for its other half. */
  private swap(bytes: Buffer): Buffer {
    const whole = this.odd === null ? Buffer.from(bytes) : Buffer.concat([Buffer.of(this.odd), bytes]);
    const even = whole.length & ~1;
    this.odd = even < whole.length ? whole[even]! : null;
    return whole.subarray(0, even).swap16();
  }
}

/** How many bytes settle the encoding. The same for any split of the file, since only the bytes before them count. */
function telling(start: Buffer): number {
  const newline = start.indexOf(0x0a, TOO_FEW);
  return newline >= 0 && newline < ENOUGH ? newline + 1 : ENOUGH;
}

/** Logs hold runs of NULs where a machine went down or a file was truncated under its writer. */
function withoutNuls(bytes: Buffer): Buffer {
  return bytes.includes(0) ? Buffer.from(bytes.filter((byte) => byte !== 0)) : bytes;
}

function detect(start: Buffer): { encoding: Encoding; mark: number } {
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return { encoding: 'utf-8', mark: 3 };
  if (start[0] === 0xff && start[1] === 0xfe) return { encoding: 'utf-16le', mark: 2 };
  if (start[0] === 0xfe && start[1] === 0xff) return { encoding: 'utf-16be', mark: 2 };
  let even = 0;
  let odd = 0;
  for (let i = 0; i < start.length; i++) {
    if (start[i] !== 0) continue;
    if (i % 2 === 0) even++;
    else odd++;
  }
  const half = start.length / 2;
  if (odd > half * 0.7 && even < half * 0.1) return { encoding: 'utf-16le', mark: 0 };
  if (even > half * 0.7 && odd < half * 0.1) return { encoding: 'utf-16be', mark: 0 };
  return { encoding: 'utf-8', mark: 0 };
}
