import * as l10n from '@vscode/l10n';
import { someCall } from '../model/alike';
import { elsewhereAdvice } from '../elsewhere';
import { importsModule } from '../model/framework';
import type { Script } from '../model/script';
import { refuse, type Planner, type Proposal } from '../proposal';
import { changeDropout } from './existing';
import { dropoutInForward } from './forward';
import { dropoutInRecurrent } from './recurrent';
import { dropoutInStacks } from './sequential';
import { unfitModule } from './unfit';
import { numberOf } from '../model/nodes';
import { noDropout } from './values';

/** Dropout: another probability where there is some, a layer after the hidden ones where there is none. */
export const dropout: Planner = {
  propose(script) {
    const present = changeDropout(script);
    if (present.length > 0) return present;
    const found = insertions(script);
    const reason = noDropout(script);
    return reason ? found.map(({ anchor }) => refuse(anchor, reason)) : found;
  },
  nothing(script) {
    const advice = elsewhereAdvice(script, 'dropout');
    if (advice) return advice;
    if (importsModule(script, 'flax.nnx'))
      return l10n.t(
        'Flax NNX: make nnx.Dropout(rate, rngs=rngs) in __init__, and switch it with model.train() and model.eval()',
      );
    if (script.modules.some(({ library }) => library === 'flax'))
      return l10n.t(
        'Flax: nn.Dropout needs deterministic= and a dropout key for each step, which only the training loop can give',
      );
    const set = setAlready(script);
    if (set !== null) return set;
    const reason = noDropout(script) ?? unfitModules(script);
    if (reason !== null) return reason;
    const listed = script.modules.find(({ node }) => keepsLayers.test(node.text));
    if (listed)
      return l10n.t(
        'the layers of {0} are kept in a list: put a dropout after the activation where forward goes through them',
        listed.name,
      );
    if (script.modules.length > 0)
      return l10n.t('no hidden fully connected layer with an activation is visible in the modules here');
    if (someCall(script, ({ name }) => name === 'from_pretrained'))
      return l10n.t('the model is made elsewhere: set hidden_dropout_prob and the like in its config');
    return l10n.t('no network is defined here');
  },
};

/** `GATConv(…, feat_drop=0.6)`: an argument that is named after dropout in any way, and on. */
function setAlready({ calls, text }: Script): string | null {
  if (!/drop\w*\s*=/.test(text.source)) return null;
  for (const call of calls) {
    const given = call.args().find(({ name, value }) => {
      const p = /(^|_)drop(out)?($|_(prob|rate|p)$)/.test(name ?? '') ? numberOf(value) : null;
      return p !== null && p > 0 && p < 1;
    });
    if (given)
      return l10n.t(
        'dropout is in place already (line {0}, {1})',
        given.node.startPosition.row + 1,
        given.node.text,
      );
  }
  return null;
}

/** Linear layers in a list, or in one that is filled later. */
const keepsLayers =
  /ModuleList\(\s*\[[^=]*Linear\(|self\.\w+\s*=\s*\[[^=]*Linear\(|\.append\(\s*(nn\.)?Linear\(/;

/** Why all the modules here are none for dropout, by the first of them. */
function unfitModules(script: Script): string | null {
  const reasons = script.modules.map((module) => unfitModule(module, script));
  return reasons.every((one) => one !== null) ? (reasons[0] ?? null) : null;
}

function insertions(script: Script): Proposal[] {
  // An argument is surer than a layer: dropout once is enough.
  const recurrent = dropoutInRecurrent(script);
  if (recurrent.length > 0) return recurrent;
  return [...dropoutInStacks(script), ...script.modules.flatMap((one) => dropoutInForward(one, script))];
}
