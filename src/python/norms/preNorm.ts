import * as l10n from '@vscode/l10n';
import { someCall } from '../model/alike';
import type { TextEdit } from '../../remedies/textEdit';
import { addArgument, setArgument } from '../edit/arguments';
import { insertionRefusal } from '../edit/refusals';
import { reachTorch } from '../edit/reach';
import { elsewhereAdvice } from '../elsewhere';
import { argument, type Call } from '../model/call';
import { isBroken, isInside, spelled, statementAround } from '../model/nodes';
import { oncePer } from '../model/once';
import { targetOf } from '../model/optimizers';
import type { Script } from '../model/script';
import type { Node } from '../parser';
import { refuse, type Planner, type Proposal } from '../proposal';
import { loadsWeights } from './pretrained';

/** The norm before each sublayer, and one more after the last block. */
export const preNorm: Planner = {
  propose: (script) => [...layers(script).map((call) => change(call, script)), ...byHand(script)],
  nothing(script) {
    if (someCall(script, ({ path }) => /from_pretrained$/.test(path)))
      return l10n.t('the model is made elsewhere: choose an architecture with pre-norm');
    return elsewhereAdvice(script, 'pre-norm') ?? l10n.t('no transformer layer is made here');
  },
};

const layerPath = /^torch\.nn\.Transformer((Encoder|Decoder)Layer)?$/;

function layers({ calls }: Script): Call[] {
  return calls.filter(({ path }) => layerPath.test(path));
}

function change(call: Call, script: Script): Proposal {
  const line = call.node.startPosition.row + 1;
  const no = (reason: string): Proposal => refuse(call.node, reason);
  if (isBroken(statementAround(call.node)))
    return no(l10n.t('the code around line {0} has a syntax error', line));
  // d_model, nhead, dim_feedforward, dropout, activation, layer_norm_eps, batch_first, norm_first; nn.Transformer has more before it.
  const given = argument(call, 'norm_first', call.name === 'Transformer' ? 11 : 7);
  if (given?.value.text === 'True') return no(l10n.t('the layers of line {0} are pre-norm already', line));
  if (given && given.value.text !== 'False')
    return no(l10n.t('norm_first in line {0} is set elsewhere', line));
  const loaded = loadsWeights(script);
  if (loaded) return no(loaded);
  const elsewhere = given ? null : insertionRefusal(call, 'norm_first=True');
  if (elsewhere) return no(elsewhere);
  const first = given ? [setArgument(given, 'True')] : addArgument(call, 'norm_first=True', script.text);
  // nn.Transformer makes its final norms itself.
  const final = call.name === 'Transformer' ? [] : finalNorm(call, script);
  if ('reason' in final) return no(final.reason);
  return {
    anchor: call.node,
    outcome: {
      edits: [...first, ...final],
      title:
        final.length > 0
          ? l10n.t('Set `norm_first=True` in `{0}`, with a final norm after the last layer', call.name)
          : l10n.t('Set `norm_first=True` in `{0}`', call.name),
      many: (count) => l10n.t('Make {0} transformer layers pre-norm', count),
      notes: [l10n.t('Weights of a post-norm model do not carry over: it takes a new training run.')],
    },
  };
}

/** The norm of the stack that repeats a layer. */
function finalNorm(call: Call, script: Script): TextEdit[] | { reason: string } {
  const line = call.node.startPosition.row + 1;
  const stack = stackOf(call, script);
  if (!stack)
    return {
      reason: l10n.t(
        'the layers of line {0} are stacked by hand: set norm_first=True, and put a LayerNorm after the last one',
        line,
      ),
    };
  const norm = argument(stack, 'norm', 2);
  if (norm && norm.value.type !== 'none') return [];
  // A norm that the module itself puts behind the stack is the final one.
  const owner = script.modules.find(({ node }) => isInside(stack.node, node));
  if (owner?.layers.some(({ className }) => /^(LayerNorm|RMSNorm)$/.test(className))) return [];
  const size = argument(call, 'd_model', 0)?.value;
  if (!size) return { reason: l10n.t('the width of the layers of line {0} is not visible here', line) };
  const sameScope = statementAround(call.node).parent?.id === statementAround(stack.node).parent?.id;
  if (!sameScope || /[(\n]/.test(size.text))
    return {
      reason: l10n.t(
        'the stack of the layers of line {0} is made elsewhere: give it norm=nn.LayerNorm(d_model) there',
        line,
      ),
    };
  const { name, edits } = reachTorch('torch.nn.LayerNorm', script);
  const made = `${name}(${size.text})`;
  return [...edits, ...(norm ? [setArgument(norm, made)] : addArgument(stack, `norm=${made}`, script.text))];
}

/** `nn.TransformerEncoder(layer, n)`, by the name of the layer or around it. */
function stackOf(call: Call, script: Script): Call | undefined {
  const target = targetOf(call.node);
  return script.calls.find((one) => {
    if (!/^torch\.nn\.Transformer(Encoder|Decoder)$/.test(one.path)) return false;
    const layer = argument(one, `${/Encoder/.test(one.name) ? 'en' : 'de'}coder_layer`, 0)?.value;
    if (!layer) return false;
    return isInside(call.node, layer) || (target !== null && spelled(layer) === spelled(target));
  });
}

const postNorm = /^self\.\w*(norm|ln)\w*\(\w+\+self\.\w+\(/i;
const postNormDropped = /^self\.\w*(norm|ln)\w*\((\w+)\+(self\.)?\w*drop\w*\(/i;

/** `x = self.norm1(x + self.attn(x))`: where, since a rewrite needs a final norm, too. */
const byHand = oncePer((script: Script): Proposal[] => {
  // The beginning of both patterns: most scripts have none, and need no look at what they assign.
  if (!/\bself\s*\.\s*\w*(norm|ln)\w*\s*\(\s*\w+\s*\+/i.test(script.text.source)) return [];
  const found = script.assignments.flatMap(({ value }): Node[] => {
    if (value.type !== 'call') return [];
    const text = spelled(value);
    return postNorm.test(text) || postNormDropped.test(text) ? [value] : [];
  });
  return found.map((node) =>
    refuse(
      node,
      l10n.t(
        'line {0} normalises after the addition: write x = x + f(norm(x)) in each sublayer, and put one more norm after the last block',
        node.startPosition.row + 1,
      ),
    ),
  );
});
