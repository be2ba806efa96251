import * as l10n from '@vscode/l10n';
import { addCallbacks } from '../edit/callbacks';
import { lightningCallback, trainers } from '../lightning';
import type { Script } from '../model/script';
import { refuse, type Proposal } from '../proposal';
import { unfitForAveraging } from './present';
import { DECAY, memory } from './values';

/** Lightning averages by a callback, which validates and saves with the average by itself. */
export function averageLightning(script: Script): Proposal[] {
  return trainers(script).map((call) => {
    const line = call.node.startPosition.row + 1;
    const reason = unfitForAveraging(script);
    if (reason) return refuse(call.node, reason);
    const old = [...script.imports.modules].some((one) => one.startsWith('pytorch_lightning'));
    const { name, edits } = lightningCallback('EMAWeightAveraging', script);
    const made = `${name}(decay=${DECAY})`;
    const added = addCallbacks(call, [made], script);
    if (!added)
      return refuse(
        call.node,
        l10n.t('the callbacks of the Trainer in line {0} come from elsewhere: add {1} there', line, made),
      );
    return {
      anchor: call.node,
      outcome: {
        edits: [...edits, ...added],
        value: DECAY,
        title: l10n.t(
          "Keep an average (EMA, decay {0}) of the weights with the Trainer's `EMAWeightAveraging`",
          DECAY,
        ),
        notes: [memory(), l10n.t('It needs {0} 2.6.', old ? 'pytorch-lightning' : 'lightning')],
      },
    };
  });
}
