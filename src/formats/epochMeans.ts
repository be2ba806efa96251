import { identifyMetric } from './metricName';

/** More names are not watched; logs have a few. */
const MOST = 1_000;

/**
 * Tells the mean of an epoch from the values within it, where a log prints both by the same name: `Epoch 1 [10/10] loss: 0.5`
 * and then `Epoch 1 done, loss: 0.7`. The mean gets the name that Lightning gives it, `loss_epoch`.
 */
export class EpochMeans {
  private epoch = Number.NaN;
  private readonly within = new Set<string>();

  /**
   * The name of a value of the training.
   * @param epoch the epoch that it belongs to; NaN in a log without epochs
   * @param isProgress it was measured within the epoch, as the line says
   */
  nameOf(key: string, epoch: number, isProgress: boolean): string {
    if (Number.isNaN(epoch)) return key;
    if (epoch !== this.epoch) {
      this.epoch = epoch;
      this.within.clear();
    }
    if (isProgress) {
      if (this.within.size < MOST) this.within.add(key);
      return key;
    }
    const { name, direction } = identifyMetric(key);
    const isMean = direction !== 'none' || name === 'grad_norm';
    return isMean && this.within.has(key) ? `${key}_epoch` : key;
  }
}
