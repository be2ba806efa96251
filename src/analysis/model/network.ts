import type * as Core from '@tensorflow/tfjs-core';
import type * as Layers from '@tensorflow/tfjs-layers';
import { LABELS } from '../classifier';
import { STEPS, WIDTH } from '../features';
import { SCALARS } from '../scalars';

/** All of tf.js that training needs: both packages in one namespace, from whichever copy was loaded. */
export type TrainingTf = typeof Core & typeof Layers;

/**
 * The network: three strided 1-D convolutions over the curves, joined with the scalars, two dense layers, four
 * logits (softmax and temperature are applied outside, so that calibration needs no new weights).
 */
export function buildNetwork(tf: TrainingTf, seed: number): Layers.LayersModel {
  let nextSeed = seed;
  const init = () => tf.initializers.glorotUniform({ seed: nextSeed++ });
  const decay = () => tf.regularizers.l2({ l2: 1e-4 });
  const curves = tf.input({ shape: [STEPS, WIDTH], name: 'curves' });
  const scalars = tf.input({ shape: [SCALARS.length], name: 'scalars' });
  const conv = (filters: number, kernelSize: number) =>
    tf.layers.conv1d({
      filters,
      kernelSize,
      strides: 2,
      padding: 'same',
      activation: 'relu',
      kernelInitializer: init(),
      kernelRegularizer: decay(),
    });
  const dense = (units: number, activation: 'relu' | 'linear') =>
    tf.layers.dense({ units, activation, kernelInitializer: init(), kernelRegularizer: decay() });
  let x = conv(20, 5).apply(curves) as Layers.SymbolicTensor;
  x = conv(28, 5).apply(x) as Layers.SymbolicTensor;
  x = conv(36, 3).apply(x) as Layers.SymbolicTensor;
  x = tf.layers.flatten().apply(x) as Layers.SymbolicTensor;
  x = tf.layers.concatenate().apply([x, scalars]) as Layers.SymbolicTensor;
  x = dense(48, 'relu').apply(x) as Layers.SymbolicTensor;
  x = dense(24, 'relu').apply(x) as Layers.SymbolicTensor;
  const logits = dense(LABELS.length, 'linear').apply(x) as Layers.SymbolicTensor;
  return tf.model({ inputs: [curves, scalars], outputs: logits, name: 'fitcheck' });
}
