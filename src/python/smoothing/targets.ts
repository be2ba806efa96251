import { argument } from '../model/call';
import { spelled } from '../model/nodes';
import { oncePer } from '../model/once';
import type { Script } from '../model/script';

const made = /^(torch|jnp|jax\.numpy|np|tf|mx)\.(arange|zeros|range)\(/;
const targetName = /(^|_)(labels?|targets?|gt|ground_truth)\d*$/i;

/** Which pair belongs together, as targets that are counted out in the script: `labels = torch.arange(n)`. */
export const isContrastive = oncePer((script: Script): boolean => {
  const { assignments, losses, text } = script;
  if (/info_?nce|nt_?xent|contrastive|sim_?clr|\bmoco\b|logit_scale/i.test(text.source)) return true;
  if (
    assignments.some(({ target, value }) => {
      const code = spelled(value);
      // Zeros of floats are a buffer or the answer of a discriminator.
      const counts = made.test(code) && (!/\.zeros\(/.test(code) || /long|int/.test(code));
      return counts && targetName.test(target);
    })
  )
    return true;
  return losses.some((call) => {
    const target = argument(call, 'target', 1)?.value;
    return call.name === 'cross_entropy' && target !== undefined && made.test(spelled(target));
  });
});

const countName = /(^|[._])(n|num)_?(labels|classes)$/i;

/** Two classes, by their number or by an output layer of two. */
export const isTwoClass = oncePer((script: Script): boolean => {
  if (script.assignments.some(({ target, value }) => countName.test(target) && value.text === '2'))
    return true;
  return script.calls.some((call) => {
    if (/^(torch\.nn|mlx\.nn(\.\w+)*)\.Linear$/.test(call.path))
      return (argument(call, 'out_features', 1) ?? argument(call, 'output_dims'))?.value.text === '2';
    if (call.path === 'keras.layers.Dense') return argument(call, 'units', 0)?.value.text === '2';
    return (
      /num_(labels|classes)/.test(call.node.text) &&
      call.args().some(({ name, value }) => name !== null && countName.test(name) && value.text === '2')
    );
  });
});
