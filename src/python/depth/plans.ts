import * as l10n from '@vscode/l10n';
import { noDropout } from '../dropout/values';
import { elsewhereAdvice } from '../elsewhere';
import type { TechniqueId } from '../../remedies/remedy';
import type { Script } from '../model/script';
import { refuse, type Planner, type Proposal } from '../proposal';
import { dropInBlock, isTransformerBlock } from './blocks';
import { rateSettings } from './settings';

/** Drop path: stochastic depth in transformers. */
export const dropPath = planner('drop-path', (script) =>
  script.modules.flatMap((one) =>
    isTransformerBlock(one) ? dropInBlock(one, script) : elsewhere(dropInBlock(one, script)),
  ),
);

/** The blocks of a residual network are the other remedy's, which should not be offered twice. */
function elsewhere(found: Proposal[]): Proposal[] {
  return found.map(({ anchor, outcome }) =>
    'reason' in outcome
      ? { anchor, outcome }
      : refuse(
          anchor,
          l10n.t(
            '{0} is a block of a residual network: the remedy stochastic-depth drops its branch',
            anchor.text,
          ),
        ),
  );
}

/** Stochastic depth in residual networks. */
export const stochasticDepth = planner('stochastic-depth', (script) =>
  script.modules.filter((one) => !isTransformerBlock(one)).flatMap((one) => dropInBlock(one, script)),
);

function planner(id: TechniqueId, blocks: (script: Script) => Proposal[]): Planner {
  return {
    propose(script) {
      const found = [...rateSettings(script), ...blocks(script)];
      const reason = noDropout(script, l10n.t('dropping paths'));
      return reason ? found.map(({ anchor }) => refuse(anchor, reason)) : found;
    },
    nothing: (script) =>
      elsewhereAdvice(script, id) ??
      l10n.t(
        'no block that adds a branch to its input (x + f(x)) is defined here, and no network of timm is made',
      ),
  };
}
