import * as l10n from '@vscode/l10n';
import { together } from '../../listed';
import { someCall } from '../model/alike';
import { addCallbacks } from '../edit/callbacks';
import { lightningCallback, trainers } from '../lightning';
import { argument, type Call } from '../model/call';
import { enclosingFunction, stringOf } from '../model/nodes';
import type { Script } from '../model/script';
import { refuse, type Proposal } from '../proposal';
import { directionOf } from '../../findings/direction';
import { counted, numberBehind, patienceFor } from './patience';

/** Lightning stops by a callback that watches a logged validation metric, and keeps the best weights by another. */
export function stopLightning(script: Script): Proposal[] {
  return trainers(script).map((call) => stop(call, script));
}

function stop(call: Call, script: Script): Proposal {
  const line = call.node.startPosition.row + 1;
  const no = (reason: string): Proposal => refuse(call.node, reason);
  if (someCall(script, ({ name }) => name === 'EarlyStopping'))
    return no(l10n.t('the script stops early already, with EarlyStopping'));
  const metric = loggedMetric(script);
  if (!metric)
    return no(
      l10n.t(
        'no validation metric is logged in this file: call self.log("val_loss", loss) in validation_step first, since that is what to watch',
      ),
    );
  if (/^(True|1)$/.test(argument(call, 'fast_dev_run')?.value.text ?? ''))
    return no(l10n.t('the Trainer in line {0} runs one batch only (fast_dev_run)', line));
  const q = script.text.quote;
  const watch = `monitor=${q}${metric.name}${q}, mode=${q}${metric.mode}${q}`;
  const stopping = lightningCallback('EarlyStopping', script);
  // Validations are more, or fewer, than epochs where the Trainer is told so.
  const other = argument(call, 'val_check_interval') ?? argument(call, 'check_val_every_n_epoch');
  const patience = patienceFor(other ? null : numberBehind(argument(call, 'max_epochs')?.value, script));
  const made = [`${stopping.name}(${watch}, patience=${patience})`];
  const edits = [...stopping.edits];
  const keeps = someCall(script, ({ name }) => name === 'ModelCheckpoint');
  const noCheckpoints = argument(call, 'enable_checkpointing')?.value.text === 'False';
  if (!keeps && !noCheckpoints) {
    const checkpoint = lightningCallback('ModelCheckpoint', script);
    made.push(`${checkpoint.name}(${watch})`);
    edits.push(...checkpoint.edits);
  }
  const added = addCallbacks(call, made, script);
  if (!added)
    return no(
      l10n.t(
        'the callbacks of the Trainer in line {0} come from elsewhere: add {1} there',
        line,
        together(made),
      ),
    );
  const title = l10n.t(
    'Stop the Trainer when `{0}` has not improved for {1}',
    metric.name,
    counted(patience, 'validation'),
  );
  return {
    anchor: call.node,
    outcome: {
      edits: [...edits, ...added],
      value: patience,
      title: made.length > 1 ? l10n.t('{0}, and keep the best weights', title) : title,
      notes: [
        noCheckpoints
          ? l10n.t('enable_checkpointing=False keeps no weights: the last ones are what is left.')
          : l10n.t(
              'The best weights are at trainer.checkpoint_callback.best_model_path: trainer.test(ckpt_path="best") uses them.',
            ),
      ],
    },
  };
}

/** A metric that the module logs in its validation: the loss before others. */
function loggedMetric({ calls }: Script): { name: string; mode: 'min' | 'max' } | null {
  const names = calls
    .filter(({ name, on }) => on === 'self' && /^(log|log_dict)$/.test(name))
    .filter(({ node }) =>
      /valid|val_|eval/.test(enclosingFunction(node)?.childForFieldName('name')?.text ?? ''),
    )
    .flatMap((call) => {
      const first = call.args()[0]?.value;
      if (first?.type !== 'dictionary') return [stringOf(first)];
      return first.namedChildren.map((pair) => stringOf(pair.childForFieldName('key')));
    })
    .filter((name) => name !== null);
  const known = names.flatMap((name) => {
    const mode = directionOf(name);
    return mode && !/train/i.test(name) ? [{ name, mode }] : [];
  });
  return known.find(({ mode, name }) => mode === 'min' && /loss/i.test(name)) ?? known[0] ?? null;
}
