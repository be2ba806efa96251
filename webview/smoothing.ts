/**
 * Exponential moving average with the start corrected (as TensorBoard's slider does), non-finite values left out.
 * @param weight 0 (nothing) to below 1
 */
export function smooth(values: readonly number[], weight: number): number[] {
  if (weight <= 0) return [...values];
  let average = 0;
  let mass = 0;
  return values.map((value) => {
    if (!Number.isFinite(value)) return value;
    average = average * weight + (1 - weight) * value;
    mass = mass * weight + (1 - weight);
    return average / mass;
  });
}
