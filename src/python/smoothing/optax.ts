import { callsWhere } from '../model/alike';
import { moduleNamed } from '../edit/imports';
import { insertAfterNode, insertBeforeNode } from '../edit/insert';
import { argument, type Call } from '../model/call';
import { phaseOf } from '../model/phase';
import type { Script } from '../model/script';
import { refuse, type Proposal } from '../proposal';
import { SMOOTHING } from './values';

/** `optax.softmax_cross_entropy(logits, one_hot)`: the labels are smoothed where they go in. */
export function smoothOptax(script: Script): Proposal[] {
  return callsWhere(script, ({ path }) =>
    /^optax\.(losses\.)?softmax_cross_entropy(_with_integer_labels)?$/.test(path),
  ).map((call) => smooth(call, script));
}

function smooth(call: Call, script: Script): Proposal {
  const line = call.node.startPosition.row + 1;
  const no = (reason: string): Proposal => refuse(call.node, reason);
  if (call.name.endsWith('integer_labels'))
    return no(
      `${call.name} in line ${line} takes class numbers: give optax.smooth_labels(jax.nn.one_hot(labels, classes), ${SMOOTHING}) to softmax_cross_entropy`,
    );
  const labels = argument(call, 'labels', 1)?.value;
  if (!labels) return no(`the labels of line ${line} are not visible here`);
  if (/smooth|mix|soft/i.test(labels.text) || script.text.source.includes('smooth_labels'))
    return no(`labels are smoothed already (line ${line})`);
  const phase = phaseOf(call.node, script);
  if (phase !== 'training')
    return no(`the loss of line ${line} is not clearly the training loss: smooth only that`);
  const { name, edits } = moduleNamed('optax', 'import optax', script);
  return {
    anchor: call.node,
    outcome: {
      edits: [
        ...edits,
        insertBeforeNode(labels, `${name}.smooth_labels(`),
        insertAfterNode(labels, `, ${SMOOTHING})`),
      ],
      value: SMOOTHING,
      title: `Smooth the training loss's labels by ${SMOOTHING} with \`${name}.smooth_labels\``,
      notes: ['The labels must be one-hot.'],
    },
  };
}
