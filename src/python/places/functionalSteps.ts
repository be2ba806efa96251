import type { Call } from '../model/call';
import { importsModule } from '../model/framework';
import { spelled } from '../model/nodes';
import { oncePer } from '../model/once';
import type { Script } from '../model/script';
import { isOptimizerName } from '../model/updatePoints';
import { transforms } from '../optax';

/**
 * Where gradients that a function gave are applied: `optimizer.update(…)` of MLX, Flax and optax, `optimizer.apply_gradients(…)` of
 * TensorFlow and Flax, `optax.apply_updates(…)`. In order of the text.
 */
export const functionalSteps = oncePer((script: Script): readonly Call[] => {
  const isTape = script.calls.some(({ name }) => name === 'GradientTape');
  const isGradient = importsModule(script, 'mlx', 'jax', 'flax', 'optax');
  if (!isTape && !isGradient) return [];
  const made = new Set(transforms(script).map(({ node }) => targetOf(node)));
  return script.calls.filter(({ name, path, receiver }) => {
    if (path === 'optax.apply_updates' || (name === 'apply_gradients' && receiver)) return true;
    const steps = isGradient ? name === 'update' : name === 'apply';
    if (!steps || !receiver) return false;
    const optimizer = spelled(receiver);
    return isOptimizerName(optimizer) || made.has(optimizer);
  });
});

function targetOf({ parent }: Call['node']): string | null {
  const left = parent?.type === 'assignment' ? parent.childForFieldName('left') : null;
  return left ? spelled(left) : null;
}
