import type { Applied } from '../../ledger/entry';

/** A remedy that was written into an editor: when it counts is not known yet. */
export type Written = Omit<Applied, 'at'>;

export interface Waiting {
  /** Address of the document. */
  readonly file: string;
  /** Its text without the remedy. */
  readonly before: string;
  readonly remedy: Written;
}

/**
 * Remedies that stand in an editor and not on disk: no training can read them, and those that are undone or can't be saved never
 * count.
 */
export class UnsavedRemedies {
  private waiting: readonly Waiting[] = [];

  add(file: string, before: string, remedy: Written): void {
    this.waiting = [...this.waiting, { file, before, remedy }];
  }

  /** Those that the trainings of a script are to measure. */
  of(script: string): readonly Written[] {
    return this.waiting.map(({ remedy }) => remedy).filter((one) => one.script === script);
  }

  /** A document has another text. With one that it had before a remedy, that remedy is undone, and what was written after it. */
  changed(file: string, text: () => string): void {
    const own = this.waiting.filter((one) => one.file === file);
    if (own.length === 0) return;
    const now = text();
    const first = own.findIndex(({ before }) => before === now);
    const undone = first < 0 ? [] : own.slice(first);
    this.waiting = this.waiting.filter((one) => !undone.includes(one));
  }

  /** A document was saved, or is closed. @returns what stood in it */
  take(file: string): readonly Waiting[] {
    const taken = this.waiting.filter((one) => one.file === file);
    this.waiting = this.waiting.filter((one) => one.file !== file);
    return taken;
  }
}
