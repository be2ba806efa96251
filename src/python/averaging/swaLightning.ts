import * as l10n from '@vscode/l10n';
import { addCallbacks } from '../edit/callbacks';
import { lightningCallback, trainers } from '../lightning';
import { argument } from '../model/call';
import { numberOf } from '../model/nodes';
import type { Script } from '../model/script';
import { refuse, type Proposal } from '../proposal';
import { sourceOf } from '../rate/source';
import { unfitForAveraging } from './present';

/** Lightning averages by a callback, at half of the learning rate that the module starts with. */
export function averageInTrainer(script: Script): Proposal[] {
  return trainers(script).map((call) => {
    const no = (reason: string): Proposal => refuse(call.node, reason);
    const reason = unfitForAveraging(script);
    if (reason) return no(reason);
    const [build] = script.optimizers;
    const given = build && argument(build.call, 'lr', 1);
    const source = given ? sourceOf(given.value, script) : null;
    if (script.optimizers.length !== 1 || !source || !('number' in source))
      return no(
        l10n.t(
          'the learning rate is not a number in sight: give the Trainer StochasticWeightAveraging(swa_lrs=...) with about half of it',
        ),
      );
    const rate = String(Number((numberOf(source.number)! / 2).toPrecision(12)));
    const { name, edits } = lightningCallback('StochasticWeightAveraging', script);
    const made = `${name}(swa_lrs=${rate})`;
    const added = addCallbacks(call, [made], script);
    if (!added) return no(l10n.t('the callbacks of the Trainer come from elsewhere: add {0} there', made));
    return {
      anchor: call.node,
      outcome: {
        edits: [...edits, ...added],
        value: rate,
        title: l10n.t(
          "Average the weights over the last epochs with the Trainer's `StochasticWeightAveraging(swa_lrs={0})`",
          rate,
        ),
        notes: [
          l10n.t('It begins after 80 % of the epochs, and computes batch norm statistics anew at the end.'),
        ],
      },
    };
  });
}
