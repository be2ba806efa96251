import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import { bias, matrix, type Network, type Pass } from './architectures';
import type { Problem } from './dataset';
import { dense } from './mlp';
import type { Plan } from './plan';

/** A plain recurrent network, or one with gates: weights are input, bias, recurrent, output, bias. */
export function recurrent(plan: Plan, problem: Problem): Network {
  const { width, gain } = plan;
  const { width: length, vocabulary, outputs, targetsPer } = problem;
  const gates = plan.architecture === 'gru' ? 3 : 1;
  return {
    weights: [
      { shape: [vocabulary, gates * width], deviation: 0.6 },
      bias(gates * width),
      matrix(width, gates * width, 0.9 * gain),
      matrix(width, outputs, 0.7),
      bias(outputs),
    ],
    timeMajor: true,
    forward(pass, input, batch) {
      const { tf } = pass;
      const projected = tf.reshape(dense(pass, input, 0, false), [length, batch, gates * width]);
      const inputs = tf.unstack(projected) as Tensor2D[];
      let state: Tensor2D = tf.zeros([batch, width]);
      const states = inputs.map(
        (x) => (state = gates === 3 ? gru(pass, x, state, width) : plain(pass, x, state)),
      );
      const seen: Tensor = targetsPer > 1 ? tf.concat(states, 0) : state;
      return dense(pass, pass.drop(seen), 3, false);
    },
  };
}

function plain({ tf, weights }: Pass, x: Tensor2D, state: Tensor2D): Tensor2D {
  return tf.tanh(tf.add(tf.matMul(state, weights[2] as Tensor2D), x));
}

function gru({ tf, weights }: Pass, x: Tensor2D, state: Tensor2D, width: number): Tensor2D {
  const sizes = [2 * width, width];
  const [xGates, xNew] = tf.split(x, sizes, 1) as [Tensor2D, Tensor2D];
  const [hGates, hNew] = tf.split(tf.matMul(state, weights[2] as Tensor2D), sizes, 1) as [Tensor2D, Tensor2D];
  const [update, reset] = tf.split(tf.sigmoid(tf.add(xGates, hGates)), 2, 1) as [Tensor2D, Tensor2D];
  const candidate = tf.tanh(tf.add(xNew, tf.mul(reset, hNew)));
  return tf.add(candidate, tf.mul(update, tf.sub(state, candidate)));
}
