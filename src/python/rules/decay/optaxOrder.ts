/**
 * FC205 optax transformations in the wrong order.
 *
 * Source: optax: `sgd`, `adam` and `scale_by_learning_rate` turn gradients into updates with their sign changed. Decay
 * that is added afterwards makes the weights grow, and a clip bounds the update instead of the gradient.
 */
import * as l10n from '@vscode/l10n';
import { insertAt, insertBeforeNode } from '../../edit/insert';
import { removeItem } from '../../edit/remove';
import { readCall, type Call } from '../../model/call';
import type { Script } from '../../model/script';
import type { CodeRule, Fix, Found } from '../rule';

/** Those end a chain: what comes out of them is the update. */
const scales =
  /^optax\.(adam\w*|sgd|noisy_sgd|rmsprop|lion|lamb|lars|adafactor|adabelief|adagrad|adadelta|novograd|radam|nadamw?|yogi|scale_by_learning_rate)$/;
/** Those want gradients. Block-wise RMS clipping is meant for updates. */
const early = /^optax\.(add_decayed_weights|clip|clip_by_global_norm|adaptive_grad_clip)$/;

export const optaxOrder: CodeRule = {
  code: 'FC205',
  title: 'optax transformations in the wrong order',
  words: /\boptax\b/,
  check: (script) =>
    script.calls.filter(({ path }) => path === 'optax.chain').flatMap((chain) => inChain(chain, script)),
};

function inChain(chain: Call, script: Script): Found[] {
  const items = chain
    .args()
    .map(({ value }) => (value.type === 'call' ? readCall(value, script.imports) : null));
  const first = items.findIndex((one) => one !== null && turnsSign(one));
  const scaling = items[first];
  if (!scaling) return [];
  const late = items.slice(first + 1).filter((one): one is Call => one !== null && early.test(one.path));
  // A second optimizer in the chain makes it something else.
  if (items.slice(first + 1).some((one) => one !== null && scales.test(one.path))) return [];
  return late.map((one) => ({
    at: one.node,
    severity: 'error',
    message:
      one.name === 'add_decayed_weights'
        ? l10n.t(
            'After `{0}` the update has its sign changed: this decay makes the weights grow. Put it before.',
            scaling.callee.text,
          )
        : l10n.t(
            'After `{0}` this bounds the update, and not the gradient. Put it before.',
            scaling.callee.text,
          ),
    fix: reordered(chain, scaling, one, script),
  }));
}

function turnsSign(call: Call): boolean {
  const given = call.args()[0]?.value.text ?? '';
  return scales.test(call.path) || (call.path === 'optax.scale' && given.startsWith('-'));
}

function reordered(chain: Call, before: Call, moved: Call, { text }: Script): Fix {
  const list = chain.node.childForFieldName('arguments')!;
  const { row, column } = before.node.startPosition;
  const indent = (text.lines[row] ?? '').slice(0, column);
  const own = indent.trim() === '' && row > list.startPosition.row;
  const insert = own
    ? insertAt(row, 0, `${indent}${moved.node.text},${text.eol}`)
    : insertBeforeNode(before.node, `${moved.node.text}, `);
  return {
    title: l10n.t('Move `{0}` before `{1}`', moved.callee.text, before.callee.text),
    edits: [insert, ...removeItem(list, moved.node, text)],
    safe: false,
  };
}
