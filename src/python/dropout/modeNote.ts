import { importsModule } from '../model/framework';
import type { Script } from '../model/script';

/**
 * What to heed where a layer behaves otherwise in training: a mode in PyTorch and MLX, an argument of the call in Keras,
 * where `fit` and `evaluate` pass it.
 * @param otherwise what happens without it, as the end of the sentence in PyTorch
 */
export function modeNote(script: Script, otherwise: string): string {
  return importsModule(script, 'keras', 'tensorflow', 'tf_keras')
    ? 'fit and evaluate tell the layer when they train; in a loop of your own call model(x, training=True), and training=False to validate.'
    : `Call model.eval() before you validate${otherwise}`;
}
