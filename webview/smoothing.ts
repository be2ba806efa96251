/**
 * Exponential moving average with the start corrected (as TensorBoard's slider does), non-finite values left out. It
 * goes on where it stopped, so that a point more costs one step and not a whole curve.
 */
export class Smoother {
  readonly values: number[] = [];
  private average = 0;
  private mass = 0;

  /** @param weight 0 (nothing) to below 1 */
  constructor(private readonly weight: number) {}

  /** Takes in what `raw` has beyond the values that were seen, and gives all smoothed values. */
  extend(raw: readonly number[]): readonly number[] {
    const { weight } = this;
    for (let i = this.values.length; i < raw.length; i++) {
      const value = raw[i]!;
      if (weight <= 0 || !Number.isFinite(value)) {
        this.values.push(value);
        continue;
      }
      this.average = this.average * weight + (1 - weight) * value;
      this.mass = this.mass * weight + (1 - weight);
      this.values.push(this.average / this.mass);
    }
    return this.values;
  }
}
