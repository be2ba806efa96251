import { LABELS } from '../classifier';
import { Random } from './random';
import type { ShapeFamily } from './shapes';
import { simulate, type Simulated } from './simulate';

/** Families that the network learns from. */
export const TRAIN_FAMILIES: readonly ShapeFamily[] = ['power', 'exponential', 'stretched', 'staircase'];
/** The family that the temperature is fitted on. */
export const CALIBRATION_FAMILIES: readonly ShapeFamily[] = ['two-phase'];
/** Families that only the published numbers come from. */
export const TEST_FAMILIES: readonly ShapeFamily[] = ['hyperbolic', 'logistic'];

/** Healthy runs are the commonest in life, and a false alarm costs more than a late one. */
const SHARES = { healthy: 0.4, overfitting: 0.2, underfitting: 0.2, unstable: 0.2 };

/** `count` made-up runs of the given families. Different seeds never share a run. */
export function makeRuns(count: number, families: readonly ShapeFamily[], seed: number): Simulated[] {
  const random = new Random(seed);
  return Array.from({ length: count }, (_, i) => {
    let left = random.next();
    const label = LABELS.find((l) => (left -= SHARES[l]) < 0) ?? 'healthy';
    return simulate({ seed: seed * 1_000_003 + i, family: random.pick(families), label });
  });
}
