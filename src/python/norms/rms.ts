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
      return 'the model uses RMSNorm already';
    return elsewhereAdvice(script, 'rms-norm') ?? 'no layer norm stands here that it could replace';
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
  if (isBroken(statementAround(call.node))) return no(`the code around line ${line} has a syntax error`);
  const loaded = loadsWeights(script);
  if (loaded) return no(loaded);
  const className = kinds.find(([pattern]) => pattern.test(call.path))![1];
  const library = call.path.split('.')[0]!;
  const foreign = call
    .args()
    .find(({ name }) => name !== null && name !== '*' && !shared[library]!.includes(name));
  if (foreign?.name === 'bias' && foreign.value.text === 'False')
    return no(
      `the layer norm of line ${line} has no bias already: remove bias=False, which RMSNorm does not take, then change the class`,
    );
  if (foreign)
    return no(`${className} takes no ${foreign.name ?? 'such argument'}, which line ${line} passes`);
  if (hasSplat(call) || (library !== 'flax' && call.args().filter(({ name }) => name === null).length > 2))
    return no(`${className} takes other arguments than line ${line} passes`);
  const named = callSibling(call, className, script);
  if (!named) return no(`where ${call.name} in line ${line} comes from is not visible here`);
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
      title: `Use \`${className}\` instead of \`${call.name}\`${owner ? ` in \`${owner}\`` : ''}`,
      many: (count) => `Use \`${className}\` instead of ${count} layer norms`,
      notes: [
        library === 'torch'
          ? 'nn.RMSNorm needs torch 2.4.'
          : library === 'keras'
            ? 'RMSNormalization needs Keras 3.9.'
            : 'It has no bias.',
        'Weights that were saved before do not fit: it takes a new training run.',
      ],
    },
  };
}
