import { open, type FileHandle } from 'node:fs/promises';
import { readFailure } from './humanError';

const CHUNK = 1 << 20;
/** Bytes compared at the start of the file and before the offset: a log's header and last lines fit in them. */
const FINGERPRINT = 512;

/** What one look at the file found. */
export interface TailStep {
  /** `reset`: the file is not the one that was read (truncated, replaced, rewritten): start over, then call again. */
  readonly kind: 'unchanged' | 'grown' | 'reset';
  readonly size: number;
  /** Time of the last change in ms since 1970. */
  readonly modified: number;
  /** Time when the file was made, ms since 1970; 0 where the file system does not tell. */
  readonly created: number;
}

/**
 * Reads a file that something else is writing: remembers how far it got and, before reading on, makes sure that
 * what it has read is still there. Truncation, rotation (another inode) and rewriting in place are told as `reset`.
 */
export class Tail {
  private offset = 0;
  private inode = -1n;
  private modified = -1;
  private head = Buffer.alloc(0);
  private before = Buffer.alloc(0);
  private length = 0;
  private stopped = false;

  constructor(readonly path: string) {}

  /** Bytes read so far. */
  get position(): number {
    return this.offset;
  }

  /** Bytes that the file had when it was last looked at. */
  get size(): number {
    return Math.max(this.length, this.offset);
  }

  /** Reads no further, also where it is in the middle of it: nobody wants it any more. */
  stop(): void {
    this.stopped = true;
  }

  /**
   * Hands the bytes added since the last call to `onBytes`, in order.
   * @throws HumanError when the file can't be read
   */
  async read(onBytes: (chunk: Uint8Array) => void): Promise<TailStep> {
    try {
      const file = await open(this.path, 'r');
      try {
        return await this.readOpen(file, onBytes);
      } finally {
        await file.close();
      }
    } catch (error) {
      throw readFailure(this.path, error);
    }
  }

  /** Forgets everything: the next `read` starts at byte 0. */
  restart(): void {
    this.offset = 0;
    this.inode = -1n;
    this.modified = -1;
    this.head = Buffer.alloc(0);
    this.before = Buffer.alloc(0);
  }

  private async readOpen(file: FileHandle, onBytes: (chunk: Uint8Array) => void): Promise<TailStep> {
    const stat = await file.stat({ bigint: true });
    if (stat.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    const step = {
      size: Number(stat.size),
      modified: Number(stat.mtimeMs),
      created: Number(stat.birthtimeMs),
    };
    const started = this.inode !== -1n;
    if (started && step.modified === this.modified && step.size === this.offset && stat.ino === this.inode) {
      return { kind: 'unchanged', ...step };
    }
    if (started && (stat.ino !== this.inode || step.size < this.offset || !(await this.sameAsBefore(file)))) {
      this.restart();
      return { kind: 'reset', ...step };
    }
    this.inode = stat.ino;
    this.length = step.size;
    const grown = await this.readOn(file, onBytes);
    // A write between stat and the last read is seen again at the next call, because the size then differs.
    this.modified = step.modified;
    return { ...step, kind: grown ? 'grown' : 'unchanged', size: Math.max(step.size, this.offset) };
  }

  private async readOn(file: FileHandle, onBytes: (chunk: Uint8Array) => void): Promise<boolean> {
    const start = this.offset;
    const buffer = Buffer.allocUnsafe(CHUNK);
    while (!this.stopped) {
      const { bytesRead } = await file.read(buffer, 0, CHUNK, this.offset);
      if (bytesRead === 0) break;
      const bytes = buffer.subarray(0, bytesRead);
      if (this.head.length < FINGERPRINT) {
        this.head = Buffer.concat([this.head, bytes.subarray(0, FINGERPRINT - this.head.length)]);
      }
      this.before = Buffer.from(
        Buffer.concat([this.before, bytes.subarray(-FINGERPRINT)]).subarray(-FINGERPRINT),
      );
      this.offset += bytesRead;
      onBytes(bytes);
    }
    return this.offset > start;
  }

  private async sameAsBefore(file: FileHandle): Promise<boolean> {
    const head = await readExactly(file, 0, this.head.length);
    if (!head.equals(this.head)) return false;
    const before = await readExactly(file, this.offset - this.before.length, this.before.length);
    return before.equals(this.before);
  }
}

async function readExactly(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, from);
  return buffer.subarray(0, bytesRead);
}
