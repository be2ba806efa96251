import { StringDecoder } from 'node:string_decoder';

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** As many bytes as are looked at before the encoding is settled. */
const ENOUGH = 64;
const NOTHING = Buffer.alloc(0);

/**
 * Turns the bytes of a text file in UTF-8 or UTF-16 (by byte order mark, else by where its NULs are) into UTF-8
 * without mark and NULs. UTF-8 passes through uncopied; bytes that are not valid UTF-8 pass through as they are.
 */
export class TextDecoding {
  private encoding: Encoding | null = null;
  private start: Buffer = NOTHING;
  private readonly utf16 = new StringDecoder('utf16le');
  private odd: number | null = null;

  /** Whether bytes are held back because too few came to tell the encoding. */
  get pending(): boolean {
    return this.start.length > 0;
  }

  /** The next bytes; gives nothing until the first 64 bytes have told the encoding. The result is not a copy. */
  push(chunk: Uint8Array): Buffer {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    if (this.encoding !== null) return this.decode(bytes, this.encoding);
    this.start = Buffer.concat([this.start, bytes]);
    return this.start.length < ENOUGH ? NOTHING : this.settle();
  }

  /** What is still held back. */
  end(): Buffer {
    const rest = this.encoding === null ? this.settle() : NOTHING;
    const tail = this.encoding === 'utf-8' ? '' : this.utf16.end();
    return tail === '' ? rest : Buffer.concat([rest, Buffer.from(tail, 'utf8')]);
  }

  private settle(): Buffer {
    const { encoding, mark } = detect(this.start.subarray(0, ENOUGH));
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
