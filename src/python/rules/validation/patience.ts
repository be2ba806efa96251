/**
 * FC506 Patience is unreasonable.
 *
 * Source: usual recipes wait for 3 to 10 checks. Metrics jitter: a patience of 0 or 1 stops at the first bad epoch, and one
 * that is longer than the training never stops. The default of Keras is 0.
 */
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
  const why = never
    ? `as long as the training of ${epochs} epochs: it never stops`
    : 'stops at the first bad epochs, and metrics jitter';
  const value = given ? given.value.text : `${patience} by default`;
  return [
    {
      at: given?.node ?? call.node,
      severity: 'info',
      message: `The patience is ${value}: it ${never ? 'is ' : ''}${why}. Usual are 3 to 10.`,
      fix: never
        ? undefined
        : {
            title: `Set the patience to ${usual}`,
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
