import { UNKNOWN } from './format';

/**
 * Turns a counter that starts again in every epoch into one that grows over the whole run. The length of an
 * epoch is the largest count seen in the epoch before it, which is all that a log tells while it is written.
 */
export class EpochSteps {
  private epoch = UNKNOWN;
  private largest = 0;
  private length = 0;
  /** What the log says that an epoch has. */
  private told = UNKNOWN;
  private offset = 0;
  /** Where each epoch began, so that a resumed run comes back to the same place. */
  private readonly starts = new Map<number, number>();

  /**
   * The step for a training record. Counters that do not start again are returned as they are.
   * @param perEpoch counts in an epoch where the log prints them (`[50/6207]`), else NaN
   */
  train(epoch: number, count: number, perEpoch = UNKNOWN): number {
    // `iter 782` between lines of `[0/391]`: it counts over the whole run. Epochs are counted from 0 or from 1.
    const isGlobal = count > this.told && Math.abs(count / this.told - epoch) <= 1;
    if (Number.isNaN(perEpoch) && isGlobal) return count;
    if (!Number.isNaN(perEpoch)) this.told = perEpoch;
    if (epoch !== this.epoch) {
      const began = this.starts.get(epoch);
      if (began !== undefined) this.offset = began;
      else if (epoch > this.epoch && count <= this.largest) this.offset += this.length;
      this.starts.set(epoch, this.offset);
      this.epoch = epoch;
      this.largest = 0;
    }
    if (count > this.largest) this.largest = count;
    this.length = Number.isNaN(perEpoch) ? this.largest : perEpoch;
    return this.offset + count;
  }

  /** The step of the last training record: validation is measured there. */
  get last(): number {
    return Number.isNaN(this.epoch) ? UNKNOWN : this.offset + this.largest;
  }
}
