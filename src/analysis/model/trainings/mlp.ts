import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import { bias, matrix, type Network, type Pass } from './architectures';
import type { Problem } from './dataset';
import { normalise } from './normalise';
import type { Plan } from './plan';

/** Features of one token. */
const EMBEDDING = 8;

/** Dense layers; tokens are embedded and joined first. */
export function mlp(plan: Plan, problem: Problem): Network {
  const { depth, width, gain, activation } = plan;
  const tokens = problem.kind === 'tokens';
  const inputs = tokens ? problem.width * EMBEDDING : problem.width;
  const usual = activation === 'relu' ? Math.SQRT2 : 1;
  const layers = Array.from({ length: depth }, (_, i) => [
    matrix(i === 0 ? inputs : width, width, gain * usual),
    bias(width),
  ]).flat();
  return {
    weights: [
      ...(tokens ? [{ shape: [problem.vocabulary, EMBEDDING], deviation: 0.5 }] : []),
      ...layers,
      matrix(width, problem.outputs, 0.5 * gain),
      bias(problem.outputs),
    ],
    timeMajor: false,
    forward(pass, input, batch) {
      const { tf, weights } = pass;
      let x = input;
      let at = 0;
      if (tokens) x = tf.reshape(tf.matMul(x as Tensor2D, weights[at++] as Tensor2D), [batch, inputs]);
      for (let i = 0; i < depth; i++, at += 2) {
        x = dense(pass, x, at, activation === 'relu' && !plan.regularisers.layerNorm);
        if (plan.regularisers.layerNorm) {
          x = normalise(tf, x);
          if (activation === 'relu') x = tf.relu(x);
        }
        if (activation === 'tanh') x = tf.tanh(x);
        x = pass.drop(x);
      }
      return dense(pass, x, at, false);
    },
  };
}

/** One dense layer whose matrix and bias are the weights from `at` on. */
export function dense({ tf, weights }: Pass, x: Tensor, at: number, relu: boolean): Tensor {
  return tf.fused.matMul({
    a: x,
    b: weights[at]!,
    bias: weights[at + 1]!,
    activation: relu ? 'relu' : 'linear',
  });
}
