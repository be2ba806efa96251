/** How much of a stream is kept: what comes at once, what may come each second after that, and altogether (characters). */
export interface Limits {
  readonly burst: number;
  readonly perSecond: number;
  readonly total: number;
}

/**
 * A training that prints a line a step for a day says less than 64 MB; more than 64 kB a second for long is a flood, of which
 * the beginning and samples are kept, so that what is said after it is still heard.
 */
export const usualLimits: Limits = { burst: 8 << 20, perSecond: 64 << 10, total: 64 << 20 };

/** Decides what of a stream is kept, whole lines at a time, and leaves a note where something is missing. */
export class Budget {
  private left: number;
  private used = 0;
  private filled: number;
  private dropped = 0;
  private full = false;

  /** @param now ms */
  constructor(
    private readonly limits: Limits,
    now: number,
  ) {
    this.left = limits.burst;
    this.filled = now;
  }

  /** @returns what is to be kept of a text, with a note on what was left out before it */
  take(text: string, now: number): string {
    const { burst, perSecond, total } = this.limits;
    this.left = Math.min(burst, this.left + (Math.max(0, now - this.filled) / 1_000) * perSecond);
    this.filled = now;
    if (this.full) return '';
    if (this.dropped > 0) {
      // Half a line would be read as another number: keeping begins with a line, and not for a few of them at once.
      const newline = text.indexOf('\n');
      if (newline < 0 || this.left < Math.min(text.length, burst / 8)) return this.drop(text);
      const note = `\n[fitcheck: ${this.dropped + newline} characters came too fast and are not kept]\n`;
      this.dropped = 0;
      return note + this.keep(text.slice(newline + 1), total);
    }
    return this.keep(text, total);
  }

  /** Output that could not even be looked at. */
  skip(length: number): void {
    this.dropped += length;
  }

  private drop(text: string): string {
    this.dropped += text.length;
    return '';
  }

  private keep(text: string, total: number): string {
    const room = Math.min(this.left, total - this.used);
    const end = text.length <= room ? text.length : room < 1 ? 0 : text.lastIndexOf('\n', room - 1) + 1;
    this.left -= end;
    this.used += end;
    const kept = text.slice(0, end);
    if (end === text.length) return kept;
    this.dropped += text.length - end;
    if (total - this.used > this.left) return kept;
    this.full = true;
    return `${kept}\n[fitcheck: the rest is not kept: a stream may have ${total} characters]\n`;
  }
}
