import * as l10n from '@vscode/l10n';
import { callsWhere } from '../model/alike';
import type { TextEdit } from '../../remedies/textEdit';
import { addArgument, setArgument } from '../edit/arguments';
import { replaceNode } from '../edit/insert';
import { insertionRefusal } from '../edit/refusals';
import { kerasClass } from '../keras';
import { argument, type Call } from '../model/call';
import { importsModule } from '../model/framework';
import { numberOf, stringOf } from '../model/nodes';
import type { Script } from '../model/script';
import type { Node } from '../parser';
import { refuse, type Proposal } from '../proposal';
import { SMOOTHING } from './values';

/** @param name of a loss that takes class numbers */
const sparse = (name: string, line: number): string =>
  l10n.t(
    '{0} in line {1} takes class numbers and can not smooth: give one-hot labels (keras.utils.to_categorical) to CategoricalCrossentropy(label_smoothing=0.1)',
    name,
    line,
  );
const shared = (): string =>
  l10n.t(
    'Keras computes val_loss with the same loss, so that it is smoothed too: compare val_accuracy with earlier runs.',
  );

/** The loss of `compile`, by name or as an object. */
export function smoothKeras(script: Script): Proposal[] {
  if (!importsModule(script, 'keras', 'tensorflow', 'tf_keras')) return [];
  const named = callsWhere(
    script,
    ({ name, path }) => name === 'compile' && path !== 'torch.compile',
  ).flatMap((call) => {
    const loss = argument(call, 'loss', 1)?.value;
    return loss?.type === 'string' ? smoothName(loss, script) : [];
  });
  const made = callsWhere(script, ({ path }) => /^keras\.losses\.\w*Crossentropy$/.test(path));
  return [...named, ...made.map((call) => smoothObject(call, script))];
}

function smoothName(loss: Node, script: Script): Proposal[] {
  const line = loss.startPosition.row + 1;
  const name = stringOf(loss);
  if (name === 'sparse_categorical_crossentropy') return [refuse(loss, sparse(name, line))];
  if (name === 'binary_crossentropy')
    return [refuse(loss, l10n.t('the labels of line {0} are binary, where smoothing is not usual', line))];
  if (name !== 'categorical_crossentropy') return [];
  const { name: written, edits } = kerasClass('losses', 'CategoricalCrossentropy', script);
  const made = `${written}(label_smoothing=${SMOOTHING})`;
  return [proposal(loss, [...edits, replaceNode(loss, made)], written)];
}

function smoothObject(call: Call, script: Script): Proposal {
  const line = call.node.startPosition.row + 1;
  const no = (reason: string): Proposal => refuse(call.node, reason);
  if (call.name === 'SparseCategoricalCrossentropy') return no(sparse(call.name, line));
  if (call.name !== 'CategoricalCrossentropy')
    return no(l10n.t('the labels of line {0} are binary, where smoothing is not usual', line));
  // The second one, where it is not named.
  const given = argument(call, 'label_smoothing', 1);
  if (given && numberOf(given.value) !== 0)
    return no(l10n.t('labels are smoothed already: {0} in line {1}', given.node.text, line));
  const elsewhere = given ? null : insertionRefusal(call, 'label_smoothing');
  if (elsewhere) return no(elsewhere);
  const edits = given
    ? [setArgument(given, SMOOTHING)]
    : addArgument(call, `label_smoothing=${SMOOTHING}`, script.text);
  return proposal(call.node, edits, call.callee.text);
}

function proposal(anchor: Node, edits: TextEdit[], written: string): Proposal {
  return {
    anchor,
    outcome: {
      edits,
      value: SMOOTHING,
      title: l10n.t('Smooth the labels by {0} in `{1}`', SMOOTHING, written),
      notes: [shared()],
    },
  };
}
