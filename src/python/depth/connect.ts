import { feedsActivation } from '../activations';
import { insertAfter } from '../edit/insert';
import { reachTorch } from '../edit/reach';
import { isTransformer, noDropout } from '../dropout/values';
import { multiplies, unfitModule } from '../dropout/unfit';
import { importsModule } from '../model/framework';
import { plainLayers, type Module } from '../model/modules';
import { isBroken, statementAround } from '../model/nodes';
import { callsIn, type Script } from '../model/script';
import { loadsWeights } from '../norms/pretrained';
import { refuse, type Planner, type Proposal } from '../proposal';
import { CONNECT } from './values';

/** DropConnect: random weights of the hidden linear layers are left out, by a parametrisation that only acts in training. */
export const dropConnect: Planner = {
  propose(script) {
    const found = script.modules.flatMap((module) => inModule(module, script));
    const reason = noDropout(script);
    return reason
      ? found.map(({ anchor }) => refuse(anchor, reason.replace(/dropout/g, 'dropping weights')))
      : found;
  },
  nothing(script) {
    if (/drop_connect/.test(script.text.source))
      return 'drop_connect means drop path here, as in several code bases: see the remedy drop-path';
    if (importsModule(script, 'keras', 'tensorflow'))
      return 'Keras has no DropConnect: dropout does about the same';
    const reason = noDropout(script);
    if (reason !== null) return reason.replace(/dropout/g, 'dropping weights');
    return 'no module with hidden linear layers is defined here';
  },
};

function inModule(module: Module, script: Script): Proposal[] {
  const { node, name, init, forward } = module;
  const linear = plainLayers(module).filter(({ call }) => call.path === 'torch.nn.Linear');
  const uses = forward ? callsIn(script, forward).filter(({ on }) => on === 'self') : [];
  // What feeds no activation may be a query, a gate, a projection.
  const hidden = linear
    .slice(0, -1)
    .filter(({ attribute }) =>
      uses.some((use) => use.name === attribute && feedsActivation(use.node, module)),
    );
  if (hidden.length === 0 || !init) return [];
  const anchor = node.childForFieldName('name') ?? node;
  const no = (reason: string): Proposal[] => [refuse(anchor, reason)];
  if (node.hasError || isBroken(node)) return no(`the code of class ${name} has a syntax error`);
  if (/register_parametrization|spectral_norm|weight_norm/.test(node.text))
    return no(`the weights of ${name} are parametrised already`);
  if (unfitModule(module, script) !== null)
    return no(
      `${name} is a gate, an embedding, an autoencoder or a field of coordinates, where no weights are dropped`,
    );
  if (isTransformer(script) || /LayerNorm/.test(node.text))
    return no(`${name} is part of a transformer by what is here: drop path does better there`);
  const loaded = loadsWeights(script);
  if (loaded !== null) return no(loaded);
  if (multiplies(forward)) return no(`${name} multiplies what its layers give: that may be a gate`);
  if (/\.weight\b/.test(node.text))
    return no(`${name} uses the weights of its layers itself: it would see other ones each time`);
  const register = reachTorch('torch.nn.utils.parametrize.register_parametrization', script);
  const dropout = reachTorch('torch.nn.Dropout', script);
  const q = script.text.quote;
  const lines = hidden.map(({ attribute, assignment }) =>
    insertAfter(
      statementAround(assignment.node),
      [`${register.name}(self.${attribute}, ${q}weight${q}, ${dropout.name}(${CONNECT}))`],
      script.text,
    ),
  );
  if (lines.some((one) => one === null)) return no(`the layers of ${name} share their lines with other code`);
  return [
    {
      anchor,
      outcome: {
        edits: [...register.edits, ...dropout.edits, ...lines.filter((one) => one !== null)],
        value: CONNECT,
        title: `Leave out ${CONNECT} of the weights of ${hidden.length === 1 ? 'a hidden linear layer' : `${hidden.length} hidden linear layers`} of \`${name}\` in training (DropConnect)`,
        many: (count) => `Leave out ${CONNECT} of the weights of the hidden layers of ${count} modules`,
        notes: [
          'Call model.eval() before you validate: all weights are used there.',
          'The weights have other names now: checkpoints from before do not load.',
        ],
      },
    },
  ];
}
