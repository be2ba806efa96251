import * as l10n from '@vscode/l10n';
import { someCall } from '../model/alike';
import type { TextEdit } from '../../remedies/textEdit';
import { elsewhereAdvice } from '../elsewhere';
import { callSibling } from '../edit/rename';
import { addArgument } from '../edit/arguments';
import { argument, hasSplat, type Call } from '../model/call';
import { enclosingClass, isBroken, statementAround } from '../model/nodes';
import type { Script } from '../model/script';
import { refuse, type Planner, type Proposal } from '../proposal';
import { loadsWeights } from './pretrained';

/** RMSNorm instead of layer norm. */
export const rmsNorm: Planner = {
  propose: (script) => script.calls.filter(isLayerNorm).map((call) => replace(call, script)),
  nothing(script) {
    if (
      someCall(script, ({ name }) => /^(RMSNorm|RMSNormalization)$/.test(name)) ||
      script.modules.some(({ name }) => /RMSNorm/.test(name))
    )
      return l10n.t('the model uses RMSNorm already');
    return elsewhereAdvice(script, 'rms-norm') ?? l10n.t('no layer norm stands here that it could replace');
  },
};

const kinds: readonly (readonly [RegExp, string])[] = [
  [/^torch\.nn\.LayerNorm$/, 'RMSNorm'],
  [/^mlx\.nn(\.layers(\.\w+)?)?\.LayerNorm$/, 'RMSNorm'],
  [/^flax\.(linen|nnx)\.LayerNorm$/, 'RMSNorm'],
  [/^keras\.layers\.LayerNormalization$/, 'RMSNormalization'],
];

function isLayerNorm({ path }: Call): boolean {
  return kinds.some(([pattern]) => pattern.test(path));
}

/** Arguments that both take. */
const shared: Readonly<Record<string, readonly string[]>> = {
  torch: ['normalized_shape', 'eps', 'elementwise_affine', 'device', 'dtype'],
  mlx: ['dims', 'eps'],
  flax: ['epsilon', 'dtype', 'param_dtype', 'use_scale', 'scale_init', 'num_features', 'rngs', 'name'],
  keras: ['axis', 'epsilon', 'name', 'dtype'],
};

function replace(call: Call, script: Script): Proposal {
  const line = call.node.startPosition.row + 1;
  const no = (reason: string): Proposal => refuse(call.node, reason);
  if (isBroken(statementAround(call.node)))
    return no(l10n.t('the code around line {0} has a syntax error', line));
  const loaded = loadsWeights(script);
  if (loaded) return no(loaded);
  const className = kinds.find(([pattern]) => pattern.test(call.path))![1];
  const library = call.path.split('.')[0]!;
  const foreign = call
    .args()
    .find(({ name }) => name !== null && name !== '*' && !shared[library]!.includes(name));
  if (foreign?.name === 'bias' && foreign.value.text === 'False')
    return no(
      l10n.t(
        'the layer norm of line {0} has no bias already: remove bias=False, which RMSNorm does not take, then change the class',
        line,
      ),
    );
  if (foreign)
    return no(
      foreign.name === null
        ? l10n.t('{0} takes no such argument, which line {1} passes', className, line)
        : l10n.t('{0} takes no {1}, which line {2} passes', className, foreign.name, line),
    );
  if (hasSplat(call) || (library !== 'flax' && call.args().filter(({ name }) => name === null).length > 2))
    return no(l10n.t('{0} takes other arguments than line {1} passes', className, line));
  const named = callSibling(call, className, script);
  if (!named) return no(l10n.t('where {0} in line {1} comes from is not visible here', call.name, line));
  const owner = enclosingClass(call.node)?.childForFieldName('name')?.text;
  const edits: TextEdit[] = [...named];
  // Without a value of its own RMSNorm takes the smallest step of the number format for eps.
  if (library === 'torch' && !argument(call, 'eps', 1)) {
    edits.push(...addArgument(call, 'eps=1e-5', script.text));
  }
  return {
    anchor: call.node,
    outcome: {
      edits,
      title: owner
        ? l10n.t('Use `{0}` instead of `{1}` in `{2}`', className, call.name, owner)
        : l10n.t('Use `{0}` instead of `{1}`', className, call.name),
      many: (count) => l10n.t('Use `{0}` instead of {1} layer norms', className, count),
      notes: [
        library === 'torch'
          ? l10n.t('nn.RMSNorm needs torch 2.4.')
          : library === 'keras'
            ? l10n.t('RMSNormalization needs Keras 3.9.')
            : l10n.t('It has no bias.'),
        l10n.t('Weights that were saved before do not fit: it takes a new training run.'),
      ],
    },
  };
}
