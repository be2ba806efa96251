import * as Core from '@tensorflow/tfjs-core';
import * as Layers from '@tensorflow/tfjs-layers';
import type { LoadedBackend } from '../backend';
import { LABELS } from '../classifier';
import { STEPS, WIDTH } from '../features';
import { SCALARS } from '../scalars';

/** All of tf.js that training needs: both packages in one namespace, from whichever copy was loaded. */
export type TrainingTf = typeof Core & typeof Layers;

/** The whole of the copy of tf.js that a backend works with; what is bundled holds only what a prediction needs. */
export function trainingTf({ tf }: LoadedBackend): TrainingTf {
  return 'model' in tf ? (tf as unknown as TrainingTf) : { ...Core, ...Layers };
}

/** Of what the convolutions and the first dense layer give: few real programs, so that much could be learned by heart. */
const DROPOUT = { joined: 0.3, dense: 0.15 };

/** A network to train, with dropout. Its weights depend on the seed alone. */
export function buildNetwork(tf: TrainingTf, seed: number): Layers.LayersModel {
  const inputs = inputsOf(tf);
  return tf.model({ inputs, outputs: branch(tf, inputs, seed, true), name: 'fitcheck' });
}

/**
 * Several trained networks as one, which answers with the mean of their logits: they err in different places, since each
 * learned from other programs.
 */
export function joinNetworks(tf: TrainingTf, networks: readonly Layers.LayersModel[]): Layers.LayersModel {
  const inputs = inputsOf(tf);
  const branches = networks.map((network) => {
    const outputs = branch(tf, inputs, 0, false);
    tf.model({ inputs, outputs }).setWeights(network.getWeights());
    return outputs;
  });
  const outputs = tf.layers.average().apply(branches) as Layers.SymbolicTensor;
  return tf.model({ inputs, outputs, name: 'fitcheck' });
}

function inputsOf(tf: TrainingTf): Layers.SymbolicTensor[] {
  return [
    tf.input({ shape: [STEPS, WIDTH], name: 'curves' }),
    tf.input({ shape: [SCALARS.length], name: 'scalars' }),
  ];
}

/**
 * Three strided 1-D convolutions over the curves, joined with the scalars, two dense layers, four logits (softmax and
 * temperature are applied outside, so that calibration needs no new weights).
 */
function branch(
  tf: TrainingTf,
  [curves, scalars]: Layers.SymbolicTensor[],
  seed: number,
  training: boolean,
): Layers.SymbolicTensor {
  let nextSeed = seed;
  const init = () => tf.initializers.glorotUniform({ seed: nextSeed++ });
  const decay = () => tf.regularizers.l2({ l2: 1e-4 });
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
  const drop = (x: Layers.SymbolicTensor, rate: number) =>
    training ? (tf.layers.dropout({ rate }).apply(x) as Layers.SymbolicTensor) : x;
  let x = conv(20, 5).apply(curves!) as Layers.SymbolicTensor;
  x = conv(28, 5).apply(x) as Layers.SymbolicTensor;
  x = conv(36, 3).apply(x) as Layers.SymbolicTensor;
  x = tf.layers.flatten().apply(x) as Layers.SymbolicTensor;
  x = tf.layers.concatenate().apply([x, scalars!]) as Layers.SymbolicTensor;
  x = dense(44, 'relu').apply(drop(x, DROPOUT.joined)) as Layers.SymbolicTensor;
  x = dense(24, 'relu').apply(drop(x, DROPOUT.dense)) as Layers.SymbolicTensor;
  return dense(LABELS.length, 'linear').apply(x) as Layers.SymbolicTensor;
}
