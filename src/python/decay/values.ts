import { oncePer } from '../model/once';
import type { Script } from '../model/script';

/** Sources: the seed document (0.01 to 0.1 for transformers, 0.1 for pretraining); SGD vision recipes use 5e-4. */
const TRANSFORMER = '0.1';
const USUAL = '0.01';
export const SGD_DECAY = '5e-4';
/** Source: the default of keras.optimizers.AdamW. */
export const KERAS_DECAY = '0.004';

/** L2 in the gradient is usual at 1e-6 to 1e-4: as decoupled decay that would do nothing. */
export const TOO_LITTLE = 1e-3;

/** The decoupled decay that fits what is trained: more for a transformer that starts from nothing. */
export const usualDecay = oncePer(({ modules, calls }: Script): string => {
  if (calls.some(({ name }) => name === 'from_pretrained')) return USUAL;
  const attention = /Transformer|Attention|GPT|ViT/;
  return modules.some(({ name }) => attention.test(name)) ||
    calls.some(({ path }) => /^torch\.nn\.(Transformer|MultiheadAttention)/.test(path))
    ? TRANSFORMER
    : USUAL;
});
