import * as l10n from '@vscode/l10n';
import { crc32c, maskCrc } from './crc';

/** Receives the records of a TFRecord file, in file order. */
export interface TfRecordSink {
  /** The data of one record, from `start` to `end` of an array that is only valid during the call. @param index 0-based */
  record(bytes: Uint8Array, start: number, end: number, index: number): void;
  /** A checksum is wrong at this record: nothing after it can be trusted, so nothing more is read. */
  corrupt(index: number, reason: string): void;
}

const HEADER = 12;
const FOOTER = 4;
/** A scalar takes tens of bytes; what is larger (graphs, images) is checked and passed over without being kept. */
const LARGEST_KEPT = 1 << 20;

/**
 * Reads TFRecord framing incrementally: length, masked CRC-32C of the length, data, masked CRC-32C of the data.
 * An incomplete last record is normal while the file is written and simply waits for its rest.
 */
export class TfRecordReader {
  private held = Buffer.alloc(0);
  private index = 0;
  private stopped = false;
  /** Bytes still to come of a record that is too large to keep, and the CRC of those that came. */
  private passing = 0;
  private passedCrc = 0;

  constructor(private readonly sink: TfRecordSink) {}

  /** The next bytes of the file. */
  push(chunk: Uint8Array): void {
    if (this.stopped || chunk.length === 0) return;
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const all = this.held.length === 0 ? bytes : Buffer.concat([this.held, bytes]);
    const used = this.readAll(all);
    this.held = this.stopped ? Buffer.alloc(0) : Buffer.from(all.subarray(used));
  }

  private readAll(bytes: Buffer): number {
    let at = 0;
    while (!this.stopped) {
      if (this.passing > 0) {
        const part = bytes.subarray(at, at + this.passing);
        this.passedCrc = crc32c(part, this.passedCrc);
        this.passing -= part.length;
        at += part.length;
        if (this.passing > 0) break;
        this.passing = -1;
      }
      if (this.passing === -1) {
        if (bytes.length - at < FOOTER) break;
        if (bytes.readUInt32LE(at) !== maskCrc(this.passedCrc))
          this.stop(l10n.t('checksum of the data is wrong'));
        this.passing = 0;
        this.index++;
        at += FOOTER;
        continue;
      }
      if (bytes.length - at < HEADER) break;
      const length = bytes.readUInt32LE(at) + bytes.readUInt32LE(at + 4) * 2 ** 32;
      if (bytes.readUInt32LE(at + 8) !== maskCrc(crc32c(bytes, 0, at, at + 8))) {
        // Some file systems show the part that is not written yet as zeros.
        if (bytes.subarray(at, at + HEADER).every((byte) => byte === 0)) this.stopped = true;
        else this.stop(l10n.t('checksum of the length is wrong'));
        break;
      }
      if (length > LARGEST_KEPT) {
        this.passing = length;
        this.passedCrc = 0;
        at += HEADER;
        continue;
      }
      const end = at + HEADER + length;
      if (bytes.length < end + FOOTER) break;
      if (bytes.readUInt32LE(end) !== maskCrc(crc32c(bytes, 0, at + HEADER, end))) {
        this.stop(l10n.t('checksum of the data is wrong'));
        break;
      }
      this.sink.record(bytes, at + HEADER, end, this.index++);
      at = end + FOOTER;
    }
    return at;
  }

  private stop(reason: string): void {
    this.stopped = true;
    this.sink.corrupt(this.index, reason);
  }
}
