import * as l10n from '@vscode/l10n';
import { switchOff } from '../switchOff';
import { addArgument } from '../edit/arguments';
import { argument, hasSplat } from '../model/call';
import { numberOf } from '../model/nodes';
import type { Script } from '../model/script';
import type { Proposal } from '../proposal';
import { RECURRENT } from './values';

/** `nn.LSTM(…, num_layers=2)` drops between its layers by an argument; with one layer it does nothing. */
export function dropoutInRecurrent(script: Script): Proposal[] {
  return script.calls
    .filter((call) => /^torch\.nn\.(LSTM|GRU|RNN)$/.test(call.path) && !hasSplat(call))
    .filter(
      (call) => (numberOf(argument(call, 'num_layers', 2)?.value) ?? 1) >= 2 && !argument(call, 'dropout', 5),
    )
    .map((call) => ({
      anchor: call.node,
      outcome: {
        edits: addArgument(call, `dropout=${RECURRENT}`, script.text),
        value: RECURRENT,
        title: l10n.t('Set `dropout={0}` between the layers of `{1}`', RECURRENT, call.name),
        many: (count) => l10n.t('Set `dropout={0}` in {1} recurrent layers', RECURRENT, count),
        notes: [switchOff('dropout', false)],
      },
    }));
}
