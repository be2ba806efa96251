import * as l10n from '@vscode/l10n';
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
      l10n.t(
        '{0} in line {1} takes class numbers: give optax.smooth_labels(jax.nn.one_hot(labels, classes), {2}) to softmax_cross_entropy',
        call.name,
        line,
        SMOOTHING,
      ),
    );
  const labels = argument(call, 'labels', 1)?.value;
  if (!labels) return no(l10n.t('the labels of line {0} are not visible here', line));
  if (/smooth|mix|soft/i.test(labels.text) || script.text.source.includes('smooth_labels'))
    return no(l10n.t('labels are smoothed already (line {0})', line));
  const phase = phaseOf(call.node, script);
  if (phase !== 'training')
    return no(l10n.t('the loss of line {0} is not clearly the training loss: smooth only that', line));
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
      title: l10n.t("Smooth the training loss's labels by {0} with `{1}.smooth_labels`", SMOOTHING, name),
      notes: [l10n.t('The labels must be one-hot.')],
    },
  };
}
