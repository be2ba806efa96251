import type { Random } from '../random';

/** Samples in plain arrays, one after another. */
export interface Samples {
  count: number;
  inputs: Float32Array;
  /** Class numbers, tokens or values. */
  targets: Float32Array;
}

export interface Problem {
  kind: 'vector' | 'image' | 'tokens';
  /** Numbers per sample: features, pixels or tokens. */
  width: number;
  /** Targets per sample: more than one only where each token has one. */
  targetsPer: number;
  /** Null for regression. */
  classes: number | null;
  vocabulary: number;
  /** What the network gives per target. */
  outputs: number;
  loss: 'cross-entropy' | 'squared' | 'gaussian';
  /** What the values are multiplied by; 1 but for regression. */
  scale: number;
  /** New samples of the one distribution that this problem has. */
  draw(count: number, random: Random): Samples;
}

export function fill(
  count: number,
  width: number,
  targetsPer: number,
  sample: (input: Float32Array, target: Float32Array) => void,
): Samples {
  const inputs = new Float32Array(count * width);
  const targets = new Float32Array(count * targetsPer);
  for (let i = 0; i < count; i++) {
    sample(
      inputs.subarray(i * width, (i + 1) * width),
      targets.subarray(i * targetsPer, (i + 1) * targetsPer),
    );
  }
  return { count, inputs, targets };
}

/** Replaces a share of the labels by random ones (regression: by values of other samples). */
export function noiseLabels(samples: Samples, problem: Problem, share: number, random: Random): void {
  const { targets } = samples;
  for (let i = 0; i < targets.length; i++) {
    if (!random.chance(share)) continue;
    targets[i] =
      problem.classes === null
        ? targets[random.integer(0, targets.length - 1)]!
        : random.integer(0, problem.classes - 1);
  }
}

export function shuffleTargets(samples: Samples, random: Random): void {
  const { targets } = samples;
  for (let i = targets.length - 1; i > 0; i--) {
    const j = random.integer(0, i);
    [targets[i], targets[j]] = [targets[j]!, targets[i]!];
  }
}

/** Makes the last `share` of the samples harder, for a curriculum. */
export function harden(samples: Samples, problem: Problem, share: number, random: Random): void {
  const { inputs } = samples;
  for (let i = Math.floor((1 - share) * samples.count) * problem.width; i < inputs.length; i++) {
    if (problem.kind !== 'tokens') inputs[i]! += 0.8 * random.normal();
    else if (random.chance(0.25)) inputs[i] = random.integer(0, problem.vocabulary - 1);
  }
}

/** Moves the inputs a little: the related task that a fine-tuned network was trained on before. */
export function shift(samples: Samples, problem: Problem, random: Random): void {
  const { inputs } = samples;
  if (problem.kind === 'tokens') return harden(samples, problem, 0.5, random);
  const offsets = Array.from({ length: problem.width }, () => 0.25 * random.normal());
  for (let i = 0; i < inputs.length; i++) inputs[i] = 0.9 * inputs[i]! + offsets[i % problem.width]!;
}
