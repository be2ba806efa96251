/**
 * Losses over the network's outputs in plain arrays: value, accuracy and slope in one go, which in tf.js would be
 * a dozen operations.
 */
import type { Problem } from './dataset';

export interface Outcome {
  loss: number;
  accuracy: number;
  /** Of the mean loss, by output; empty unless asked for. */
  slope: Float32Array;
}

export interface Truth {
  targets: Float32Array;
  /** Mixup: targets of the samples mixed in, and the share of the first ones. */
  other?: Float32Array;
  share?: number;
}

export function outcome(
  problem: Problem,
  outputs: Float32Array,
  truth: Truth,
  smoothing: number,
  withSlope: boolean,
): Outcome {
  if (problem.loss === 'cross-entropy') return crossEntropy(problem, outputs, truth, smoothing, withSlope);
  return regressionLoss(problem, outputs, truth.targets, withSlope);
}

function crossEntropy(
  { outputs: classes }: Problem,
  logits: Float32Array,
  { targets, other, share = 1 }: Truth,
  smoothing: number,
  withSlope: boolean,
): Outcome {
  const rows = targets.length;
  const slope = new Float32Array(withSlope ? logits.length : 0);
  let [loss, hits] = [0, 0];
  for (let row = 0; row < rows; row++) {
    const from = row * classes;
    let [top, best, sum, all] = [-Infinity, 0, 0, 0];
    for (let k = 0; k < classes; k++) {
      const logit = logits[from + k]!;
      all += logit;
      if (logit > top) [top, best] = [logit, k];
    }
    for (let k = 0; k < classes; k++) sum += Math.exp(logits[from + k]! - top);
    const logSum = top + Math.log(sum);
    const label = targets[row]!;
    const second = other ? other[row]! : label;
    const hit = share * logits[from + label]! + (1 - share) * logits[from + second]!;
    loss += logSum - (1 - smoothing) * hit - (smoothing * all) / classes;
    if (best === label) hits++;
    if (!withSlope) continue;
    for (let k = 0; k < classes; k++) {
      slope[from + k] = (Math.exp(logits[from + k]! - logSum) - smoothing / classes) / rows;
    }
    slope[from + label]! -= ((1 - smoothing) * share) / rows;
    slope[from + second]! -= ((1 - smoothing) * (1 - share)) / rows;
  }
  return { loss: loss / rows, accuracy: hits / rows, slope };
}

/** Squared error, or the negative log-likelihood of a predicted mean and variance, which can be negative. */
function regressionLoss(
  { loss: kind, scale }: Problem,
  outputs: Float32Array,
  targets: Float32Array,
  withSlope: boolean,
): Outcome {
  const rows = targets.length;
  const slope = new Float32Array(withSlope ? outputs.length : 0);
  let loss = 0;
  for (let row = 0; row < rows; row++) {
    if (kind === 'squared') {
      const error = scale * (outputs[row]! - targets[row]!);
      loss += error * error;
      if (withSlope) slope[row] = (2 * scale * error) / rows;
      continue;
    }
    const error = outputs[2 * row]! - targets[row]!;
    const raw = outputs[2 * row + 1]!;
    const logVariance = raw > 8 ? 8 : raw < -8 ? -8 : raw;
    const squared = (error * error) / Math.exp(logVariance);
    loss += 0.5 * (logVariance + squared) + Math.log(scale);
    if (!withSlope) continue;
    slope[2 * row] = error / Math.exp(logVariance) / rows;
    slope[2 * row + 1] = logVariance === raw ? (0.5 * (1 - squared)) / rows : 0;
  }
  return { loss: loss / rows, accuracy: NaN, slope };
}
