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

const SPARSE =
  'takes class numbers and can not smooth: give one-hot labels (keras.utils.to_categorical) to CategoricalCrossentropy(label_smoothing=0.1)';
const SHARED =
  'Keras computes val_loss with the same loss, so that it is smoothed too: compare val_accuracy with earlier runs.';

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
  if (name === 'sparse_categorical_crossentropy') return [refuse(loss, `${name} in line ${line} ${SPARSE}`)];
  if (name === 'binary_crossentropy')
    return [refuse(loss, `the labels of line ${line} are binary, where smoothing is not usual`)];
  if (name !== 'categorical_crossentropy') return [];
  const { name: written, edits } = kerasClass('losses', 'CategoricalCrossentropy', script);
  const made = `${written}(label_smoothing=${SMOOTHING})`;
  return [proposal(loss, [...edits, replaceNode(loss, made)], written)];
}

function smoothObject(call: Call, script: Script): Proposal {
  const line = call.node.startPosition.row + 1;
  const no = (reason: string): Proposal => refuse(call.node, reason);
  if (call.name === 'SparseCategoricalCrossentropy') return no(`${call.name} in line ${line} ${SPARSE}`);
  if (call.name !== 'CategoricalCrossentropy')
    return no(`the labels of line ${line} are binary, where smoothing is not usual`);
  // The second one, where it is not named.
  const given = argument(call, 'label_smoothing', 1);
  if (given && numberOf(given.value) !== 0)
    return no(`labels are smoothed already: ${given.node.text} in line ${line}`);
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
      title: `Smooth the labels by ${SMOOTHING} in \`${written}\``,
      notes: [SHARED],
    },
  };
}
