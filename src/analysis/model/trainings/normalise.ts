import type { Tensor } from '@tensorflow/tfjs-core';
import type { TrainingTf } from '../network';

/** Layer normalisation without weights, each way in one pass over plain arrays instead of eight operations. */
export function normalise(tf: TrainingTf, x: Tensor): Tensor {
  const [rows, width] = x.shape as [number, number];
  const apply = tf.customGrad((input) => {
    const values = (input as Tensor).dataSync<'float32'>();
    const result = new Float32Array(values.length);
    const inverse = new Float32Array(rows);
    for (let row = 0; row < rows; row++) {
      const from = row * width;
      let [sum, squares] = [0, 0];
      for (let i = from; i < from + width; i++) sum += values[i]!;
      const mean = sum / width;
      for (let i = from; i < from + width; i++) squares += (values[i]! - mean) ** 2;
      inverse[row] = 1 / Math.sqrt(squares / width + 1e-5);
      for (let i = from; i < from + width; i++) result[i] = (values[i]! - mean) * inverse[row]!;
    }
    const gradFunc = (dy: Tensor): Tensor => {
      const slopes = dy.dataSync<'float32'>();
      const back = new Float32Array(values.length);
      for (let row = 0; row < rows; row++) {
        const from = row * width;
        let [sum, along] = [0, 0];
        for (let i = from; i < from + width; i++) {
          sum += slopes[i]!;
          along += slopes[i]! * result[i]!;
        }
        for (let i = from; i < from + width; i++) {
          back[i] = inverse[row]! * (slopes[i]! - (sum + result[i]! * along) / width);
        }
      }
      return tf.tensor2d(back, [rows, width]);
    };
    return { value: tf.tensor2d(result, [rows, width]), gradFunc };
  });
  return apply(x);
}
