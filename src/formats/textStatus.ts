/** How a line of text says that the training ended. */
export interface TextEnding {
  readonly how: 'finished' | 'crashed';
  readonly reason: string;
  readonly line: number;
}

const CRASH =
  /CUDA out of memory|OutOfMemoryError|CUDNN_STATUS_|^Killed\s*$|Segmentation fault|core dumped|slurmstepd: error|DUE TO TIME LIMIT|oom[-_]kill|device-side assert/;
/** What at least one of the words above contains; looking for them is cheaper than the expression. */
const CRASH_HINTS = [
  'memory',
  'Memory',
  'CUDNN',
  'Killed',
  'fault',
  'dumped',
  'slurmstepd',
  'LIMIT',
  'oom',
  'device-side',
];
const FINISH =
  /\b(?:training (?:is |has |was )?(?:been )?(?:complete[d]?|finished|done|ended|stopped)|(?:finished|done|completed) training|early[ _-]?stopp(?:ing|ed)|end of training)\b/i;
const RANK = /^\[?\w*rank\s?\d+\]?:\s?/i;
const EXCEPTION = /^[A-Za-z_][\w.]*(?:Error|Exception|Interrupt|Exit|Warning|Iteration)?(?::|\s*$)/;

/** Watches plain text for tracebacks, out-of-memory kills and the last words of a training that ended well. */
export class TextStatus {
  private traceback: { text: string; line: number } | null = null;
  private finish: TextEnding | null = null;

  /** The lines so far end within a traceback. */
  get inTraceback(): boolean {
    return this.traceback !== null;
  }

  /** Looks at a line; gives the crash it decides, if it does. */
  take(text: string, line: number): TextEnding | null {
    if (this.traceback) return this.insideTraceback(text, line);
    if (text.includes('Traceback (most recent call last)')) {
      this.traceback = { text, line };
      return null;
    }
    if (CRASH_HINTS.some((hint) => text.includes(hint)) && CRASH.test(text))
      return { how: 'crashed', reason: text, line };
    if (
      text.length < 300 &&
      /train|stop/i.test(text) &&
      FINISH.test(text) &&
      !/counter|patience|callback|=/i.test(text)
    ) {
      this.finish = { how: 'finished', reason: text, line };
    }
    return null;
  }

  /** A metric was read: whatever was taken for the end was not. */
  goesOn(): void {
    this.finish = null;
    this.traceback = null;
  }

  /** What the end of the log decides. */
  atEnd(): TextEnding | null {
    if (this.traceback) return { how: 'crashed', reason: this.traceback.text, line: this.traceback.line };
    return this.finish;
  }

  private insideTraceback(text: string, line: number): TextEnding | null {
    const bare = text.replace(RANK, '');
    if (bare === '' || /^\s/.test(bare) || bare.startsWith('Traceback') || !EXCEPTION.test(bare)) return null;
    this.traceback = null;
    return { how: 'crashed', reason: text, line };
  }
}
