import * as l10n from '@vscode/l10n';
import { callsWhere } from '../model/alike';
import type { TextEdit } from '../../remedies/textEdit';
import { addAfter, addArgument, setArgument } from '../edit/arguments';
import { moduleNamed, type Reached } from '../edit/imports';
import { insertAfterNode, insertBeforeNode } from '../edit/insert';
import { callSibling } from '../edit/rename';
import { argument, hasSplat, type Call } from '../model/call';
import { numberOf } from '../model/nodes';
import type { Script } from '../model/script';
import { refuse, type Edit, type Proposal } from '../proposal';
import { unsuitableScript } from './unsuitable';
import { SGD_DECAY, usualDecay } from './values';

/** Decay in optax comes before the learning rate scales the update, with a mask that leaves vectors out. */
export function decayOptax(script: Script): Proposal[] {
  const decays = script.calls.find(({ path }) => path === 'optax.add_decayed_weights');
  return callsWhere(script, ({ path }) => /^optax\.(adamw?|sgd|scale_by_adam|lion|lamb)$/.test(path)).map(
    (call): Proposal => {
      const reason = unsuitableScript(script);
      if (reason) return refuse(call.node, reason);
      const line = call.node.startPosition.row + 1;
      if (decays)
        return refuse(
          call.node,
          l10n.t('weights decay already in line {0}', decays.node.startPosition.row + 1),
        );
      if (hasSplat(call))
        return refuse(
          call.node,
          l10n.t('{0} in line {1} gets more arguments from elsewhere', call.callee.text, line),
        );
      const edit = decayTransform(call, script);
      return edit
        ? { anchor: call.node, outcome: edit }
        : refuse(call.node, l10n.t('{0} decays the weights already in line {1}', call.callee.text, line));
    },
  );
}

function decayTransform(call: Call, script: Script): Edit | null {
  const mask = maskOf(script);
  if (call.name === 'adam' || call.name === 'adamw') return decayAdam(call, mask, script);
  if (call.name === 'sgd') return before(call, mask, script);
  return call.name === 'scale_by_adam' ? afterAdam(call, mask, script) : null;
}

/** Matrices decay; biases and norm scales, which are vectors, do not. */
function maskOf(script: Script): Reached {
  const { name, edits } = moduleNamed('jax', 'import jax', script);
  return { name: `lambda params: ${name}.tree.map(lambda p: p.ndim > 1, params)`, edits };
}

function decayAdam(call: Call, mask: Reached, script: Script): Edit | null {
  const rename = call.name === 'adam' ? callSibling(call, 'adamw', script) : [];
  if (!rename) return null;
  const given = argument(call, 'weight_decay', 6);
  const masked = argument(call, 'mask', 7);
  const off = given !== undefined && numberOf(given.value) === 0;
  if (masked && given && !off) return null;
  const decay = usualDecay(script);
  const edits: TextEdit[] = [...rename];
  if (off) edits.push(setArgument(given, decay));
  const more = [...(given ? [] : [`weight_decay=${decay}`]), ...(masked ? [] : [`mask=${mask.name}`])].join(
    ', ',
  );
  if (more) edits.push(...addArgument(call, more, script.text));
  if (!masked) edits.unshift(...mask.edits);
  const value = given && !off ? given.value.text : decay;
  return {
    edits,
    value,
    title: l10n.t('Use `adamw` with weight decay {0}, none on biases and norm parameters', value),
    many: (count) => l10n.t('Decouple weight decay in {0} optax transforms', count),
  };
}

function before(call: Call, mask: Reached, script: Script): Edit {
  const { name: optax, edits } = moduleNamed('optax', 'import optax', script);
  const decay = `${optax}.add_decayed_weights(${SGD_DECAY}, mask=${mask.name})`;
  return {
    edits: [
      ...edits,
      ...mask.edits,
      insertBeforeNode(call.node, `${optax}.chain(${decay}, `),
      insertAfterNode(call.node, ')'),
    ],
    value: SGD_DECAY,
    title: l10n.t(
      'Add weight decay {0} before `{1}`, none on biases and norm parameters',
      SGD_DECAY,
      call.callee.text,
    ),
  };
}

/** In a chain that is spelled out: after Adam's scaling, before the learning rate's. */
function afterAdam(call: Call, mask: Reached, script: Script): Edit | null {
  const list = call.node.parent;
  if (list?.type !== 'argument_list') return null;
  const { name: optax, edits } = moduleNamed('optax', 'import optax', script);
  const decay = usualDecay(script);
  const item = `${optax}.add_decayed_weights(${decay}, mask=${mask.name})`;
  return {
    edits: [...edits, ...mask.edits, ...addAfter(list, call.node, item, script.text)],
    value: decay,
    title: l10n.t(
      'Add weight decay {0} after `{1}`, none on biases and norm parameters',
      decay,
      call.callee.text,
    ),
  };
}
