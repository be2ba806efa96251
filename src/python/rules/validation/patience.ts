/**
 * FC506 Patience is unreasonable.
 *
 * Source: usual recipes wait for 3 to 10 checks. Metrics jitter: a patience of 0 or 1 stops at the first bad epoch, and one
 * that is longer than the training never stops. The default of Keras is 0.
 */
import * as l10n from '@vscode/l10n';
import { addArgument, setArgument } from '../../edit/arguments';
import { argument, hasSplat, type Call } from '../../model/call';
import type { Script } from '../../model/script';
import { patienceFor } from '../../stopping/patience';
import type { CodeRule, Found } from '../rule';
import { valueOf } from '../../model/values';
import { earlyStoppings, fits, isHandedTo, type Watching } from './callbacks';

export const unreasonablePatience: CodeRule = {
  code: 'FC506',
  title: 'Patience is unreasonable',
  words: /EarlyStopping/,
  check: (script) => earlyStoppings(script).flatMap((one) => judge(one, script)),
};

function judge({ call, library }: Watching, script: Script): Found[] {
  const given = argument(call, 'patience', 2);
  if (hasSplat(call)) return [];
  const byDefault = library === 'keras' ? 0 : 3;
  const patience = given ? valueOf(given.value, script) : byDefault;
  if (patience === null) return [];
  const epochs = epochsOf(call, library, script);
  const never = epochs !== null && patience >= epochs && epochs > 1;
  const usual = patienceFor(epochs);
  if (patience >= Math.min(2, Number(usual)) && !never) return [];
  const value = given ? given.value.text : l10n.t('{0} by default', patience);
  return [
    {
      at: given?.node ?? call.node,
      severity: 'info',
      message: never
        ? l10n.t(
            'The patience is {0}: it is as long as the training of {1} epochs: it never stops. Usual are 3 to 10.',
            value,
            epochs,
          )
        : l10n.t(
            'The patience is {0}: it stops at the first bad epochs, and metrics jitter. Usual are 3 to 10.',
            value,
          ),
      fix: never
        ? undefined
        : {
            title: l10n.t('Set the patience to {0}', usual),
            edits: given ? [setArgument(given, usual)] : addArgument(call, `patience=${usual}`, script.text),
            safe: false,
          },
    },
  ];
}

/** How many epochs are trained, where the file says it. Lightning counts validation checks: one an epoch unless told. */
function epochsOf(callback: Call, library: Watching['library'], script: Script): number | null {
  if (library === 'keras') {
    const found = fits(script).filter((fit) => isHandedTo(fit, callback, script));
    const epochs = found.map((fit) => valueOf(argument(fit, 'epochs', 3)?.value, script));
    return epochs.length > 0 && !epochs.includes(null) ? Math.max(...(epochs as number[])) : null;
  }
  const trainers = script.calls.filter(({ path }) => path === 'lightning.Trainer');
  const [trainer] = trainers;
  if (!trainer || trainers.length > 1 || argument(trainer, 'val_check_interval')) return null;
  return valueOf(argument(trainer, 'max_epochs')?.value, script);
}
