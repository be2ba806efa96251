import * as l10n from '@vscode/l10n';
import { crc32 } from './crc';

/** Receives the records of a block log, in file order. */
export interface BlockLogSink {
  /** The data of one whole record. The array is only valid during the call. */
  record(data: Uint8Array): void;
  /** A block is damaged from here on; reading goes on with the next block. @param offset in bytes */
  corrupt(offset: number, reason: string): void;
}

/** `:W&B`, a magic number and the version 0. The blocks are counted from the start of the file, this included. */
export const BLOCK_LOG_HEADER = Buffer.from([0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe, 0x00]);
const BLOCK = 32 * 1024;
/** CRC-32 of type and data (4 bytes), length of the data (2), type (1). */
const PREFIX = 7;
const FULL = 1;
const FIRST = 2;
const LAST = 4;
/** A row of a history takes some kilobytes; what is larger holds media or output and is passed over. */
const LARGEST_KEPT = 1 << 20;

/**
 * Reads the framing of a W&B file incrementally: LevelDB's log of 32 KiB blocks, in which a record may be cut into
 * pieces, with zlib's CRC-32 in place of LevelDB's. An incomplete last piece waits for its rest.
 */
export class BlockLogReader {
  private held = Buffer.alloc(0);
  /** Offset in the file of the first byte that is held. */
  private position = 0;
  /** The rest of this block is passed over. */
  private passing = false;
  private pieces: Buffer[] | null = null;
  private kept = 0;

  constructor(private readonly sink: BlockLogSink) {}

  /** The next bytes of the file. */
  push(chunk: Uint8Array): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const all = this.held.length === 0 ? bytes : Buffer.concat([this.held, bytes]);
    let at = 0;
    for (let used = -1; used !== 0; at += used, this.position += used) used = this.step(all.subarray(at));
    this.held = Buffer.from(all.subarray(at));
  }

  /** Reads one piece, or passes over what is none. @returns the bytes used; 0 when more are needed */
  private step(bytes: Buffer): number {
    const left = BLOCK - (this.position % BLOCK);
    if (this.position === 0) return bytes.length < PREFIX ? 0 : PREFIX;
    if (left < PREFIX || this.passing) return this.pass(bytes, left);
    if (bytes.length < PREFIX) return 0;
    const [crc, length, type] = [bytes.readUInt32LE(0), bytes.readUInt16LE(4), bytes[6]!];
    const end = PREFIX + length;
    // Some file systems show the part that is not written yet as zeros.
    if (crc === 0 && length === 0 && type === 0) return this.damaged(bytes, left, '');
    if (end > left || type < FULL || type > LAST) return this.damaged(bytes, left, l10n.t('not a record'));
    if (bytes.length < end) return 0;
    if (crc32(bytes.subarray(6, end)) !== crc)
      return this.damaged(bytes, left, l10n.t('a checksum is wrong'));
    this.piece(type, bytes.subarray(PREFIX, end));
    return end;
  }

  private damaged(bytes: Buffer, left: number, reason: string): number {
    if (reason !== '') this.sink.corrupt(this.position, reason);
    this.pieces = null;
    return this.pass(bytes, left);
  }

  private pass(bytes: Buffer, left: number): number {
    const used = Math.min(left, bytes.length);
    this.passing = used < left;
    return used;
  }

  private piece(type: number, data: Buffer): void {
    if (type === FULL) {
      this.pieces = null;
      this.sink.record(data);
      return;
    }
    if (type === FIRST) [this.pieces, this.kept] = [[], 0];
    if (this.pieces === null) return;
    this.kept += data.length;
    if (this.kept <= LARGEST_KEPT) this.pieces.push(Buffer.from(data));
    if (type !== LAST) return;
    if (this.kept <= LARGEST_KEPT) this.sink.record(Buffer.concat(this.pieces));
    this.pieces = null;
  }
}
