import * as l10n from '@vscode/l10n';
import { importsModule } from './framework';
import { isRewrap } from './assignments';
import { readCall, type Call } from './call';
import { oncePer } from './once';
import { readOptimizer } from './optimizers';
import type { Script } from './script';
import { isOptimizerName } from './updatePoints';

const factory = /optim/i;
/** `optim_type`, `optimizer_kwargs`: what an optimizer is chosen by. */
const setting =
  /_(type|class|cls|names?|kwargs|args|params|groups?|config|cfg|dict|state|options?|path|fn|func|schedule\w*)$/i;
const takes = /param|model|net\b|\blr\b|learning_rate/i;

/**
 * Calls that give an optimizer, but whose class is not in sight: `optimizer_class(params, lr=…)`, `build_optimizer(cfg,
 * model)`, `SAM(model.parameters(), base)`. A namespace of options that is called `opt` is none.
 */
export const optimizersElsewhere = oncePer((script: Script): readonly Call[] => {
  if (importsModule(script, 'keras', 'tensorflow', 'jax')) return [];
  return script.assignments.flatMap((assignment) => {
    const { target, value } = assignment;
    if (value.type !== 'call' || !isOptimizerName(target) || setting.test(target) || isRewrap(assignment))
      return [];
    const call = readCall(value, script.imports);
    if (!call || readOptimizer(call) || /^(load|prepare|initialize|setup\w*)$/.test(call.name)) return [];
    const given = call.args().map(({ node }) => node.text);
    return factory.test(call.callee.text) || takes.test(given.join(' ')) ? [call] : [];
  });
});

/** Where an optimizer comes from that this file does not make itself, as the beginning of a reason; null where there is none. */
export function madeElsewhere(script: Script): string | null {
  const [call] = optimizersElsewhere(script);
  return call
    ? l10n.t(
        'the optimizer in line {0} is made by {1}',
        call.node.startPosition.row + 1,
        call.callee.text.split('\n')[0]!,
      )
    : null;
}
