import * as l10n from '@vscode/l10n';
import { someCall } from '../model/alike';
import { addCallbacks } from '../edit/callbacks';
import { kerasClass } from '../keras';
import { argument, type Call } from '../model/call';
import { isKerasFile } from '../model/framework';
import type { Script } from '../model/script';
import { refuse, type Proposal } from '../proposal';
import { counted, numberBehind, patienceFor } from './patience';

/** So few epochs leave nothing to stop: two checks at most, of which the first is always the best. */
const FEW = 2;

/** Keras stops by a callback of `fit`, which must validate. Its defaults (no patience, last weights) are never wanted. */
export function stopKeras(script: Script): Proposal[] {
  if (!isKerasFile(script)) return [];
  return script.calls
    .filter(({ name, on }) => name === 'fit' && on !== null)
    .filter((call) => !/scaler|encoder|tokenizer|vectori[sz]er|pca|transformer$/i.test(call.on!))
    .map((call) => stop(call, script));
}

function stop(call: Call, script: Script): Proposal {
  const line = call.node.startPosition.row + 1;
  const no = (reason: string): Proposal => refuse(call.node, reason);
  if (someCall(script, ({ name }) => name === 'EarlyStopping'))
    return no(l10n.t('the script stops early already, with EarlyStopping'));
  if (!argument(call, 'validation_data', 7) && !argument(call, 'validation_split', 6))
    return no(
      l10n.t(
        'fit in line {0} does not validate: pass validation_data= or validation_split= first, since val_loss is what to watch',
        line,
      ),
    );
  const epochs = argument(call, 'epochs', 3);
  const count = numberBehind(epochs?.value, script);
  if (!epochs || (count !== null && count <= FEW))
    return no(
      l10n.t(
        'fit in line {0} trains for {1}: there is nothing to stop early',
        line,
        counted(String(count ?? 1), 'epoch'),
      ),
    );
  const { text } = script;
  const patience = patienceFor(count);
  const { name, edits } = kerasClass('callbacks', 'EarlyStopping', script);
  const q = text.quote;
  const made = `${name}(monitor=${q}val_loss${q}, patience=${patience}, restore_best_weights=True)`;
  const added = addCallbacks(call, [made], script);
  if (!added) return no(l10n.t('the callbacks of line {0} come from elsewhere: add {1} there', line, made));
  return {
    anchor: call.node,
    outcome: {
      edits: [...edits, ...added],
      value: patience,
      title: l10n.t(
        'Stop `fit` when `val_loss` has not improved for {0}, and restore the best weights',
        counted(patience, 'epoch'),
      ),
      many: (n) => l10n.t('Stop {0} trainings when `val_loss` no longer improves', n),
    },
  };
}
