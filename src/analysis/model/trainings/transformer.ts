import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import { bias, matrix, type Network } from './architectures';
import type { Problem } from './dataset';
import { dense } from './mlp';
import { normalise } from './normalise';
import type { Plan } from './plan';

/** Blocks of one attention head and two dense layers; the norm comes after, which is what needs a warm-up. */
export function transformer(plan: Plan, problem: Problem): Network {
  const { width, depth, gain } = plan;
  const { width: length, vocabulary, outputs } = problem;
  const block = [
    matrix(width, 3 * width, gain),
    bias(3 * width),
    matrix(width, width, gain),
    bias(width),
    matrix(width, 2 * width, gain * Math.SQRT2),
    bias(2 * width),
    matrix(2 * width, width, gain),
    bias(width),
  ];
  return {
    weights: [
      { shape: [vocabulary, width], deviation: 0.5 },
      { shape: [1, length, width], deviation: 0.2 },
      ...Array.from({ length: depth }, () => block).flat(),
      matrix(width, outputs, 0.5),
      bias(outputs),
    ],
    timeMajor: false,
    forward(pass, input, batch) {
      const { tf, weights } = pass;
      const rows = batch * length;
      // No token sees the ones after it.
      const mask = tf.tensor2d(
        Array.from({ length }, (_, i) => Array.from({ length }, (__, j) => (j > i ? -1e9 : 0))),
      );
      let x: Tensor = tf.matMul(input, weights[0] as Tensor2D);
      x = tf.reshape(tf.add(tf.reshape(x, [batch, length, width]), weights[1]!), [rows, width]);
      let at = 2;
      for (let i = 0; i < depth; i++, at += 8) {
        const [q, k, v] = tf.split(
          tf.reshape(dense(pass, x, at, false), [batch, length, 3 * width]),
          3,
          2,
        ) as [Tensor3D, Tensor3D, Tensor3D];
        const scores = tf.add(tf.mul(tf.matMul(q, k, false, true), 1 / Math.sqrt(width)), mask);
        const mixed = tf.reshape(tf.matMul(tf.softmax(scores) as Tensor3D, v), [rows, width]);
        x = normalise(tf, tf.add(x, pass.drop(dense(pass, mixed, at + 2, false))));
        const inner = dense(pass, x, at + 4, true);
        x = normalise(tf, tf.add(x, pass.drop(dense(pass, inner, at + 6, false))));
      }
      return dense(pass, x, at, false);
    },
  };
}
