import * as l10n from '@vscode/l10n';
import { callsWhere, someCall } from '../model/alike';
import type { TextEdit } from '../../remedies/textEdit';
import { addArgument, setArgument } from '../edit/arguments';
import { addCallbacks } from '../edit/callbacks';
import { reach } from '../edit/reach';
import { insertionRefusal } from '../edit/refusals';
import { trainingArguments } from '../huggingFace';
import { argument, type Call } from '../model/call';
import { numberOf, stringOf } from '../model/nodes';
import type { Script } from '../model/script';
import { refuse, type Proposal } from '../proposal';
import { counted, numberBehind, patienceFor } from './patience';
import { PATIENCE } from './values';

const needed = (): string =>
  l10n.t(
    'load_best_model_at_end=True, metric_for_best_model="eval_loss", and the same eval_strategy and save_strategy',
  );

/** The Trainer stops by a callback, which asserts on the metric, on the evaluations, and on the best model being kept. */
export function stopHuggingFace(script: Script): Proposal[] {
  const trainers = callsWhere(script, ({ path }) => /^(transformers|trl)\.(\w+\.)*\w*Trainer$/.test(path));
  if (trainers.length === 0)
    return trainingArguments(script).map(({ node }) =>
      refuse(
        node,
        l10n.t(
          'the Trainer is not made in this file: give it EarlyStoppingCallback(early_stopping_patience={0}) where it is, with {1} here',
          PATIENCE,
          needed(),
        ),
      ),
    );
  return trainers.map((call) => stop(call, script));
}

function stop(call: Call, script: Script): Proposal {
  const line = call.node.startPosition.row + 1;
  const no = (reason: string): Proposal => refuse(call.node, reason);
  if (someCall(script, ({ name }) => name === 'EarlyStoppingCallback'))
    return no(l10n.t('the script stops early already, with EarlyStoppingCallback'));
  const evaluated = argument(call, 'eval_dataset');
  if (!evaluated || evaluated.value.type === 'none')
    return no(
      l10n.t(
        'the Trainer in line {0} has no eval_dataset: give it one first, since eval_loss is what to watch',
        line,
      ),
    );
  const made = trainingArguments(script);
  if (made.length !== 1)
    return no(
      made.length === 0
        ? l10n.t(
            'the training arguments come from elsewhere: set {0} there, then add EarlyStoppingCallback to the Trainer',
            needed(),
          )
        : l10n.t('several training arguments are made here: it is not clear which the Trainer gets'),
    );
  const settings = arrange(made[0]!, script);
  if ('reason' in settings) return no(settings.reason);
  const { name, edits } = reach('transformers.EarlyStoppingCallback', script);
  const patience = patienceFor(settings.epochs);
  const callback = `${name}(early_stopping_patience=${patience})`;
  const added = addCallbacks(call, [callback], script);
  if (!added)
    return no(
      l10n.t('the callbacks of the Trainer in line {0} come from elsewhere: add {1} there', line, callback),
    );
  return {
    anchor: call.node,
    outcome: {
      edits: [...edits, ...settings.edits, ...added],
      value: patience,
      title: l10n.t(
        'Stop the Trainer when `{0}` has not improved for {1}, and load the best model at the end',
        settings.metric,
        counted(patience, 'evaluation'),
      ),
      notes: [
        l10n.t('Evaluations and checkpoints come at the same steps now, and the best checkpoint is kept.'),
      ],
    },
  };
}

/** Sets what the callback asserts on, and leaves what is right already. */
export function arrange(
  call: Call,
  script: Script,
): { edits: TextEdit[]; metric: string; epochs: number | null } | { reason: string } {
  const elsewhere = insertionRefusal(call, needed());
  if (elsewhere) return { reason: elsewhere };
  const q = script.text.quote;
  const edits: TextEdit[] = [];
  const added: string[] = [];
  const put = (name: string, value: string): void => {
    const given = argument(call, name);
    if (!given) added.push(`${name}=${value}`);
    else if (given.value.text !== value) edits.push(setArgument(given, value));
  };
  const old = argument(call, 'evaluation_strategy') !== undefined;
  const evalName = old ? 'evaluation_strategy' : 'eval_strategy';
  const strategy = stringOf(argument(call, evalName)?.value);
  if (argument(call, evalName) && strategy === null)
    return {
      reason: l10n.t(
        '{0} in line {1} is not written out: it must equal save_strategy',
        evalName,
        call.node.startPosition.row + 1,
      ),
    };
  const kind = strategy === null || strategy === 'no' ? 'epoch' : strategy;
  if (strategy !== kind) put(evalName, `${q}${kind}${q}`);
  if (stringOf(argument(call, 'save_strategy')?.value) !== kind) put('save_strategy', `${q}${kind}${q}`);
  if (kind === 'steps') {
    const every = argument(call, 'eval_steps') ?? argument(call, 'logging_steps');
    const count = every ? numberOf(every.value) : 500;
    const save = argument(call, 'save_steps') ? numberOf(argument(call, 'save_steps')!.value) : 500;
    if (count === null || save === null || save % count !== 0) put('save_steps', every?.value.text ?? '500');
  }
  if (argument(call, 'load_best_model_at_end')?.value.text !== 'True') put('load_best_model_at_end', 'True');
  const metric = argument(call, 'metric_for_best_model');
  if (!metric)
    added.push(
      `metric_for_best_model=${q}eval_loss${q}`,
      ...(argument(call, 'greater_is_better') ? [] : ['greater_is_better=False']),
    );
  if (added.length > 0) edits.push(...addArgument(call, added, script.text));
  return {
    edits,
    metric: metric ? (stringOf(metric.value) ?? metric.value.text) : 'eval_loss',
    epochs: kind === 'epoch' ? epochsOf(call, script) : null,
  };
}

/** The epochs of a Trainer, each with an evaluation; null where its length is told otherwise, or elsewhere. */
function epochsOf(call: Call, script: Script): number | null {
  const steps = argument(call, 'max_steps');
  if (steps && numberOf(steps.value) !== -1) return null;
  const given = argument(call, 'num_train_epochs');
  return given ? numberBehind(given.value, script) : EPOCHS;
}

/** Source: the default of num_train_epochs in transformers.TrainingArguments. */
const EPOCHS = 3;
