import * as l10n from '@vscode/l10n';
import { argument, hasSplat } from '../model/call';
import { spelled, stringOf } from '../model/nodes';
import { oncePer } from '../model/once';
import type { Script } from '../model/script';
import { isContrastive } from '../model/subject';
import { valueOf } from '../model/values';

const made = /^(torch|jnp|jax\.numpy|np|tf|mx)\.(arange|zeros|range)\(/;
const targetName = /(^|_)(labels?|targets?|gt|ground_truth)\d*$/i;

/** Which pair belongs together, as targets that are counted out in the script: `labels = torch.arange(n)`. */
export const pairsTargets = oncePer((script: Script): boolean => {
  const { assignments, losses, text } = script;
  if (isContrastive(script) || /sim_?clr|\bmoco\b/i.test(text.source)) return true;
  if (
    assignments.some(({ target, value }) => {
      if (!targetName.test(target)) return false;
      const code = spelled(value);
      // Zeros of floats are a buffer or the answer of a discriminator.
      return made.test(code) && (!/\.zeros\(/.test(code) || /long|int/.test(code));
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
  const counted = /num_(labels|classes)/.test(script.text.source);
  return script.calls.some((call) => {
    if (/^(torch\.nn|mlx\.nn(\.\w+)*)\.Linear$/.test(call.path))
      return (argument(call, 'out_features', 1) ?? argument(call, 'output_dims'))?.value.text === '2';
    if (call.path === 'keras.layers.Dense') return argument(call, 'units', 0)?.value.text === '2';
    return (
      counted &&
      /num_(labels|classes)/.test(call.node.text) &&
      call.args().some(({ name, value }) => name !== null && countName.test(name) && value.text === '2')
    );
  });
});

/**
 * Why the head that Transformers puts on a model for sequences has no classes to smooth, as its arguments say: one output
 * is a regression, and where nothing says how many, there are two, unless the checkpoint has its own. Null where it may
 * have more.
 */
export const headWithoutClasses = oncePer((script: Script): string | null => {
  for (const call of script.calls) {
    if (!/\w*ForSequenceClassification(\.from_pretrained)?$/.test(call.path) || hasSplat(call)) continue;
    const kind = stringOf(argument(call, 'problem_type')?.value);
    const given = argument(call, 'num_labels')?.value;
    const count = given && (valueOf(given, script) ?? given.text);
    if (kind === 'regression' || count === 1)
      return l10n.t('the model has one output, and its loss is a regression: there are no labels to smooth');
    if (kind === 'multi_label_classification')
      return l10n.t(
        'several labels may be right at once (multi_label_classification): each is binary, where smoothing is not usual',
      );
    if (count === 2) return twoClasses();
    // A config, or names of the labels, say it themselves.
    const said =
      given ?? argument(call, 'config') ?? argument(call, 'id2label') ?? argument(call, 'label2id');
    if (!said && call.name === 'from_pretrained' && !/\bnum_labels\b/.test(script.text.source))
      return l10n.t(
        '{0} in line {1} is given no num_labels, and has two classes then, unless its checkpoint has more: smoothing is for many of them',
        call.path.split('.').at(-2)!,
        call.node.startPosition.row + 1,
      );
  }
  return null;
});

/** Why two classes are not smoothed. */
export const twoClasses = (): string =>
  l10n.t('two classes: smoothing is for many of them, and not usual here');
