/** Networks as a list of weights and a function from weights and inputs to outputs. */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { TrainingTf } from '../network';
import type { Random } from '../random';
import { cnn } from './cnn';
import type { Problem } from './dataset';
import { mlp } from './mlp';
import type { Plan } from './plan';
import { recurrent } from './recurrent';
import { transformer } from './transformer';

export interface Weight {
  shape: number[];
  /** Standard deviation at the start; 0 for biases. */
  deviation: number;
}

/** What a network needs of the step: nothing is dropped in an evaluation. */
export interface Pass {
  tf: TrainingTf;
  weights: Tensor[];
  drop: (x: Tensor) => Tensor;
}

export interface Network {
  weights: Weight[];
  /** Whether rows go through time first, then through the batch. */
  timeMajor: boolean;
  /** Inputs as rows of features: [batch, width], or [batch * length, vocabulary] for tokens. */
  forward(pass: Pass, input: Tensor, batch: number): Tensor;
}

export function buildNetwork(plan: Plan, problem: Problem): Network {
  switch (plan.architecture) {
    case 'mlp':
      return mlp(plan, problem);
    case 'cnn':
      return cnn(plan, problem);
    case 'rnn':
    case 'gru':
      return recurrent(plan, problem);
    case 'transformer':
      return transformer(plan, problem);
  }
}

export const matrix = (from: number, to: number, gain = 1): Weight => ({
  shape: [from, to],
  deviation: gain / Math.sqrt(from),
});
export const bias = (size: number): Weight => ({ shape: [size], deviation: 0 });
export const sizeOf = ({ shape }: Weight): number => shape.reduce((a, b) => a * b, 1);

export function initialise(weights: readonly Weight[], random: Random): Float32Array {
  const values = weights.flatMap((weight) =>
    Array.from({ length: sizeOf(weight) }, () => (weight.deviation ? weight.deviation * random.normal() : 0)),
  );
  return Float32Array.from(values);
}

/** 1 where a weight belongs to a matrix: biases do not decay. */
export function decayMask(weights: readonly Weight[]): Uint8Array {
  return Uint8Array.from(
    weights.flatMap((weight) => Array<number>(sizeOf(weight)).fill(weight.shape.length > 1 ? 1 : 0)),
  );
}
