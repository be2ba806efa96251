import { open, type FileHandle } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { Budget, usualLimits, type Limits } from './budget';
import { Condenser } from './condense';

/** Output is gathered this long before it is written (ms): a progress bar is then written once, not twenty times. */
const GATHER = 200;
/** Most that is worked on at once (characters): about a millisecond. */
const SLICE = 256 << 10;
/** Most that waits to be written (characters); what comes beyond is not kept, and the file says so. */
const MOST_WAITING = 16 << 20;

/**
 * Appends a stream to its file. `push` only takes a note of the text; the work is done in small slices, between which other
 * work gets its turn. Memory and file are bounded, whatever comes.
 */
export class StreamWriter {
  /** Texts, and how many characters are missing between them. */
  private waiting: (string | number)[] = [];
  private waitingLength = 0;
  private readonly condenser = new Condenser();
  private readonly budget: Budget;
  private pumping: Promise<void> | null = null;
  private ended = false;
  private hurried = false;
  private lineOpen = false;
  private failure: Error | null = null;

  constructor(
    readonly path: string,
    /** When there is a place for the file. */
    private readonly ready: Promise<unknown> = Promise.resolve(),
    limits: Limits = usualLimits,
  ) {
    this.budget = new Budget(limits, Date.now());
  }

  /** Takes the next output. Returns at once. */
  push(text: string): void {
    if (this.ended || text === '') return;
    const taken = text.slice(0, MOST_WAITING - this.waitingLength);
    const last = this.waiting.length - 1;
    // Small pieces are joined: there may be a hundred thousand of them.
    const before = this.waiting[last];
    if (typeof before === 'string' && before.length < SLICE) this.waiting[last] = before + taken;
    else if (taken !== '') this.waiting.push(taken);
    if (taken.length < text.length) this.leaveOut(text.length - taken.length);
    this.waitingLength += taken.length;
    this.pumping ??= this.pump().finally(() => (this.pumping = null));
  }

  /** Writes what has come so far. */
  async flush(): Promise<void> {
    this.hurried = true;
    await this.pumping;
    this.hurried = false;
  }

  /** Writes what is left and ends the last line. @throws Error when the file could not be written */
  async end(): Promise<void> {
    this.ended = true;
    await this.pumping;
    if (this.failure) throw this.failure;
    if (this.lineOpen) await this.append([this.condenser.end(), '\n']);
  }

  private async pump(): Promise<void> {
    let file: FileHandle | null = null;
    try {
      while (this.waitingLength > 0) {
        if (this.waitingLength < SLICE && !this.ended && !this.hurried) await pause(GATHER);
        await this.ready;
        file ??= await open(this.path, 'a');
        const text = this.budget.take(this.condenser.push(this.next()), Date.now());
        if (text === '') await pause(0);
        else await file.write(text);
        if (text !== '') this.lineOpen = !text.endsWith('\n');
      }
    } catch (error) {
      // A full disk: the training goes on, only its log has an end.
      this.failure = error instanceof Error ? error : new Error(String(error));
      this.ended = true;
      this.waiting = [];
      this.waitingLength = 0;
    } finally {
      await file?.close();
    }
  }

  /** Notes that so much is missing after what waits. */
  private leaveOut(length: number): void {
    const last = this.waiting.length - 1;
    const before = this.waiting[last];
    if (typeof before === 'number') this.waiting[last] = before + length;
    else this.waiting.push(length);
  }

  /** The next slice of what waits. */
  private next(): string {
    let text = '';
    for (let first = this.waiting[0]; first !== undefined && text.length < SLICE; first = this.waiting[0]) {
      const room = SLICE - text.length;
      if (typeof first === 'number') {
        if (text !== '') break;
        this.budget.skip(first);
        this.waiting.shift();
      } else if (first.length > room) {
        text += first.slice(0, room);
        this.waiting[0] = first.slice(room);
      } else {
        text += first;
        this.waiting.shift();
      }
    }
    this.waitingLength -= text.length;
    return text;
  }

  private async append(parts: readonly string[]): Promise<void> {
    const file = await open(this.path, 'a');
    try {
      await file.write(parts.join(''));
    } finally {
      await file.close();
    }
  }
}
