import type { Tensor4D } from '@tensorflow/tfjs-core';
import { bias, matrix, type Network } from './architectures';
import type { Problem } from './dataset';
import { dense } from './mlp';
import type { Plan } from './plan';

/** One to three convolutions, the first two with pooling, and a dense layer. */
export function cnn(plan: Plan, problem: Problem): Network {
  const side = Math.sqrt(problem.width);
  const { depth, gain } = plan;
  const filters = Math.max(1, Math.round(plan.width / 4));
  const hidden = Math.max(2, plan.width);
  const kernel = (from: number) => ({
    shape: [3, 3, from, filters],
    deviation: gain * Math.sqrt(2 / (9 * from)),
  });
  const last = Array.from({ length: Math.min(2, depth) }).reduce((size: number) => Math.ceil(size / 2), side);
  return {
    weights: [
      ...Array.from({ length: depth }, (_, i) => [kernel(i === 0 ? 1 : filters), bias(filters)]).flat(),
      matrix(last * last * filters, hidden, gain * Math.SQRT2),
      bias(hidden),
      matrix(hidden, problem.outputs, 0.5 * gain),
      bias(problem.outputs),
    ],
    timeMajor: false,
    forward(pass, input, batch) {
      const { tf, weights } = pass;
      let x: Tensor4D = tf.reshape(input, [batch, side, side, 1]);
      for (let i = 0; i < depth; i++) {
        x = tf.relu(
          tf.add(tf.conv2d<Tensor4D>(x, weights[2 * i] as Tensor4D, 1, 'same'), weights[2 * i + 1]!),
        );
        if (i < 2) x = tf.maxPool(x, 2, 2, 'same');
      }
      const flat = pass.drop(tf.reshape(x, [batch, last * last * filters]));
      return dense(pass, pass.drop(dense(pass, flat, 2 * depth, true)), 2 * depth + 2, false);
    },
  };
}
