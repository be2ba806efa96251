import * as l10n from '@vscode/l10n';
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
    const reason = noDropout(script, l10n.t('dropping weights'));
    return reason ? found.map(({ anchor }) => refuse(anchor, reason)) : found;
  },
  nothing(script) {
    if (/drop_connect/.test(script.text.source))
      return l10n.t('drop_connect means drop path here, as in several code bases: see the remedy drop-path');
    if (importsModule(script, 'keras', 'tensorflow'))
      return l10n.t('Keras has no DropConnect: dropout does about the same');
    return (
      noDropout(script, l10n.t('dropping weights')) ??
      l10n.t('no module with hidden linear layers is defined here')
    );
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
  if (node.hasError || isBroken(node)) return no(l10n.t('the code of class {0} has a syntax error', name));
  if (/register_parametrization|spectral_norm|weight_norm/.test(node.text))
    return no(l10n.t('the weights of {0} are parametrised already', name));
  if (unfitModule(module, script) !== null)
    return no(
      l10n.t(
        '{0} is a gate, an embedding, an autoencoder or a field of coordinates, where no weights are dropped',
        name,
      ),
    );
  if (isTransformer(script) || /LayerNorm/.test(node.text))
    return no(l10n.t('{0} is part of a transformer by what is here: drop path does better there', name));
  const loaded = loadsWeights(script);
  if (loaded !== null) return no(loaded);
  if (multiplies(forward)) return no(l10n.t('{0} multiplies what its layers give: that may be a gate', name));
  if (/\.weight\b/.test(node.text))
    return no(l10n.t('{0} uses the weights of its layers itself: it would see other ones each time', name));
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
  if (lines.some((one) => one === null))
    return no(l10n.t('the layers of {0} share their lines with other code', name));
  return [
    {
      anchor,
      outcome: {
        edits: [...register.edits, ...dropout.edits, ...lines.filter((one) => one !== null)],
        value: CONNECT,
        title:
          hidden.length === 1
            ? l10n.t(
                'Leave out {0} of the weights of a hidden linear layer of `{1}` in training (DropConnect)',
                CONNECT,
                name,
              )
            : l10n.t(
                'Leave out {0} of the weights of {1} hidden linear layers of `{2}` in training (DropConnect)',
                CONNECT,
                hidden.length,
                name,
              ),
        many: (count) =>
          l10n.t('Leave out {0} of the weights of the hidden layers of {1} modules', CONNECT, count),
        notes: [
          l10n.t('Call model.eval() before you validate: all weights are used there.'),
          l10n.t('The weights have other names now: checkpoints from before do not load.'),
        ],
      },
    },
  ];
}
