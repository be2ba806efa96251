/**
 * Optimizers over one flat array of all weights. In plain arrays a step costs microseconds, where tf.js would spend
 * some fifty on each of a dozen operations per variable.
 */
import type { OptimizerName } from './plan';

export interface Optimizer {
  step(weights: Float32Array, gradient: Float32Array, rate: number): void;
  /** Moments as they are now, for a checkpoint. */
  save(): () => void;
}

export function optimizer(name: OptimizerName, size: number, momentum: number): Optimizer {
  const first = new Float32Array(size);
  const second = new Float32Array(size);
  let count = 0;
  const rules: Record<OptimizerName, Optimizer['step']> = {
    sgd(weights, gradient, rate) {
      for (let i = 0; i < size; i++) weights[i]! -= rate * gradient[i]!;
    },
    momentum(weights, gradient, rate) {
      for (let i = 0; i < size; i++) {
        first[i] = momentum * first[i]! + gradient[i]!;
        weights[i]! -= rate * first[i]!;
      }
    },
    adam(weights, gradient, rate) {
      const [warmFirst, warmSecond] = [1 - momentum ** count, 1 - 0.999 ** count];
      for (let i = 0; i < size; i++) {
        const slope = gradient[i]!;
        first[i] = momentum * first[i]! + (1 - momentum) * slope;
        second[i] = 0.999 * second[i]! + 0.001 * slope * slope;
        weights[i]! -= (rate * (first[i]! / warmFirst)) / (Math.sqrt(second[i]! / warmSecond) + 1e-8);
      }
    },
    // The same but for the decay, which the loop applies.
    adamw: (weights, gradient, rate) => rules.adam(weights, gradient, rate),
    rmsprop(weights, gradient, rate) {
      for (let i = 0; i < size; i++) {
        const slope = gradient[i]!;
        second[i] = 0.9 * second[i]! + 0.1 * slope * slope;
        weights[i]! -= (rate * slope) / (Math.sqrt(second[i]!) + 1e-7);
      }
    },
  };
  return {
    step(weights, gradient, rate) {
      count++;
      rules[name](weights, gradient, rate);
    },
    save() {
      const [savedFirst, savedSecond, savedCount] = [first.slice(), second.slice(), count];
      return () => {
        first.set(savedFirst);
        second.set(savedSecond);
        count = savedCount;
      };
    },
  };
}

export function norm(values: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * values[i]!;
  return Math.sqrt(sum);
}
