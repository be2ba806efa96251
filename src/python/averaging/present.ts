import * as l10n from '@vscode/l10n';
import { oncePer } from '../model/once';
import type { Script } from '../model/script';
import { isAdversarial, isReinforcement } from '../model/subject';

const averaging =
  /^(AveragedModel|ModelEma(V2|V3)?|EMAModel|ExponentialMovingAverage|EMA|EMACallback|EMAHook|EMAWeightAveraging|WeightAveraging|StochasticWeightAveraging|SwapEMAWeights|update_ema|ema_update|incremental_update|SWALR)$/;

/** Where a script averages weights already; null where none is seen. */
export const averagesAlready = oncePer((script: Script): number | null => {
  const inOptimizer = script.text.source.includes('use_ema');
  const call = script.calls.find(
    (one) =>
      averaging.test(one.name) ||
      (inOptimizer && one.args().some(({ name, value }) => name === 'use_ema' && value.text !== 'False')),
  );
  if (call) return call.node.startPosition.row + 1;
  const named = script.assignments.find(({ target }) =>
    /(^|[._])(ema|swa)(_?(model|net|params|weights|state))?$/i.test(target),
  );
  return named ? named.node.startPosition.row + 1 : null;
});

/** Why the weights of a script are not to be averaged, or null where they may be. */
export function unfitForAveraging(script: Script): string | null {
  const line = averagesAlready(script);
  if (line !== null) return l10n.t('weights are averaged already (line {0})', line);
  if (isAdversarial(script))
    return l10n.t('a GAN: average the weights of the generator only, for the images that it makes');
  if (isReinforcement(script))
    return l10n.t('reinforcement learning: averaged weights are target networks there, a part of the method');
  return null;
}
