import * as l10n from '@vscode/l10n';
import type { TextEdit } from '../../remedies/textEdit';
import { addArgument, addItem, addFirst, setArgument } from '../edit/arguments';
import { replaceNode } from '../edit/insert';
import { insertionRefusal } from '../edit/refusals';
import { isOldKeras, kerasClass, kerasOptimizers, type KerasOptimizer } from '../keras';
import { argument, type Call } from '../model/call';
import type { Script } from '../model/script';
import { refuse, type Proposal } from '../proposal';
import { unfitForAveraging } from './present';
import { DECAY, memory } from './values';

/** Keras averages in the optimizer; a callback of `fit` swaps the averages in for each validation. */
export function averageKeras(script: Script): Proposal[] {
  const all = kerasOptimizers(script);
  return all.map((one) => {
    const line = one.node.startPosition.row + 1;
    const reason = unfitForAveraging(script);
    if (reason) return refuse(one.node, reason);
    if (one.legacy || isOldKeras(script))
      return refuse(
        one.node,
        l10n.t('the optimizer in line {0} is of before Keras 2.11, which averages nothing', line),
      );
    if (all.length > 1)
      return refuse(
        one.node,
        l10n.t('several optimizers are made here: it is not clear which weights to average'),
      );
    return average(one, script);
  });
}

function average({ node, className, call }: KerasOptimizer, script: Script): Proposal {
  const q = `use_ema=True, ema_momentum=${DECAY}`;
  const off = call && argument(call, 'use_ema');
  const elsewhere = call && !off ? insertionRefusal(call, 'use_ema=True') : null;
  if (elsewhere) return refuse(node, elsewhere);
  const edits: TextEdit[] = [];
  if (!call) {
    const { name, edits: imports } = kerasClass('optimizers', className, script);
    edits.push(...imports, replaceNode(node, `${name}(${q})`));
  } else {
    const momentum = argument(call, 'ema_momentum') ? [] : [`ema_momentum=${DECAY}`];
    if (off) edits.push(setArgument(off, 'True'));
    const added = off ? momentum : ['use_ema=True', ...momentum];
    if (added.length > 0) edits.push(...addArgument(call, added, script.text));
  }
  const fits = script.calls.filter(
    ({ name, on, node: at }) => name === 'fit' && on !== null && at.startIndex > node.startIndex,
  );
  const [fit] = fits;
  const swapped = fits.length === 1 && fit ? swap(fit, script) : null;
  edits.push(...(swapped ?? []));
  return {
    anchor: node,
    outcome: {
      edits,
      value: DECAY,
      title: swapped
        ? l10n.t(
            'Average the weights (EMA, momentum {0}) in `{1}`, and evaluate and save with it (`SwapEMAWeights`)',
            DECAY,
            className,
          )
        : l10n.t('Average the weights (EMA, momentum {0}) in `{1}`', DECAY, className),
      notes: [
        memory(),
        ...(swapped
          ? [l10n.t('SwapEMAWeights needs Keras 3.')]
          : [
              l10n.t(
                'Give fit keras.callbacks.SwapEMAWeights(swap_on_epoch=True), before a ModelCheckpoint, to evaluate with the average.',
              ),
            ]),
      ],
    },
  };
}

/** Before every other callback, so that a checkpoint holds the averages. */
function swap(fit: Call, script: Script): TextEdit[] | null {
  const given = argument(fit, 'callbacks');
  if (given && given.value.type !== 'list') return null;
  if (!given && insertionRefusal(fit, 'callbacks')) return null;
  const { name, edits } = kerasClass('callbacks', 'SwapEMAWeights', script);
  const made = `${name}(swap_on_epoch=True)`;
  const added = !given
    ? addArgument(fit, `callbacks=[${made}]`, script.text)
    : given.value.namedChildren.length === 0
      ? addItem(given.value, made, script.text)
      : addFirst(given.value, made, script.text);
  return [...edits, ...added];
}
