import type { Split } from './format';
import { identifyMetric } from './metricName';

/** "Evaluating perplexity, Epoch 1/2": says what is being done, and not where the log goes on. */
const ANNOUNCEMENT = /\b(?:evaluat|validat|test)ing\b/i;

/** The split that a heading sets for the lines below it. */
export class TextSection {
  split: Split | null = null;
  private before: Split | null = null;
  private announced = false;
  private used = false;

  /** The split that holds when the announced measurement is over. */
  get lasting(): Split | null {
    return this.announced ? this.before : this.split;
  }

  /** A heading. What merely announces a measurement holds for the metrics right after it, then `before` goes on. */
  begin(split: Split, heading: string, before: Split | null): void {
    this.before = before;
    this.announced = ANNOUNCEMENT.test(heading);
    this.used = false;
    this.split = split;
  }

  /** A new epoch, or the like. */
  clear(): void {
    this.split = this.before = null;
    this.announced = false;
  }

  /** The split of a metric that its own line does not tell. */
  of(key: string): Split | null {
    if (this.split === null) return null;
    this.used = true;
    const identity = identifyMetric(key);
    return identity.split === null && identity.direction !== 'none' ? this.split : null;
  }

  /** A line without metrics. */
  otherLine(): void {
    if (!this.announced || !this.used) return;
    this.split = this.before;
    this.announced = false;
  }
}
