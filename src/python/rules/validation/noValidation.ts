/**
 * FC503 Early stopping without validation data.
 *
 * Source: Keras says that the metric is not available and never stops; Lightning raises when what is monitored was not
 * logged; the Hugging Face callback asserts that there is an evaluation.
 */
import { trainingArguments } from '../../huggingFace';
import { argument } from '../../model/call';
import { parts, stringOf } from '../../model/nodes';
import type { Script } from '../../model/script';
import type { CodeRule, Found } from '../rule';
import { earlyStoppings, fits, isHandedTo, validates, type Watching } from './callbacks';
import { loggedNames } from './logged';
import { stoppingCallback } from './stoppingCallback';

export const noValidation: CodeRule = {
  code: 'FC503',
  title: 'Early stopping without validation data',
  words: /EarlyStopping/,
  check: (script) => [
    ...earlyStoppings(script).flatMap((one) =>
      one.library === 'keras' ? inKeras(one, script) : inLightning(one, script),
    ),
    ...inHuggingFace(script),
  ],
};

/** What wraps a Keras model may take a part of the data for validation by itself. */
const splits = /KerasClassifier|KerasRegressor|scikeras|autokeras|keras_?tuner|kerastuner|GridSearchCV/;

function inKeras({ call, monitor }: Watching, script: Script): Found[] {
  const name = monitor ? stringOf(monitor.value) : 'val_loss';
  const given = fits(script).filter((fit) => isHandedTo(fit, call, script));
  if (name === null || !name.startsWith('val_') || given.length === 0) return [];
  if (splits.test(script.text.source)) return [];
  if (!given.every((fit) => validates(fit) === false)) return [];
  return [
    {
      at: monitor?.value ?? call.node,
      severity: 'error',
      message: `Early stopping watches "${name}", but fit gets no validation data: it never stops. Pass validation_data or validation_split.`,
    },
  ];
}

/** Only where the one module of the file logs by names that can all be read. */
function inLightning({ monitor }: Watching, script: Script): Found[] {
  const name = stringOf(monitor?.value);
  const modules = script.modules.filter(({ library }) => library === 'lightning');
  const names = loggedNames(script);
  const [module] = modules;
  if (name === null || !monitor || modules.length !== 1 || !names || names.length === 0) return [];
  const bases = parts(module!.node.childForFieldName('superclasses'));
  if (bases.length !== 1 || !/LightningModule$/.test(bases[0]!.text)) return [];
  // What another class logs for it is not seen here.
  if (/log_metrics|callback_metrics/.test(script.text.source)) return [];
  const known = names.flatMap((one) => [one, `${one}_epoch`, `${one}_step`]);
  if (known.includes(name)) return [];
  return [
    {
      at: monitor.value,
      severity: 'error',
      message: `Early stopping watches "${name}", which is never logged here (${names.slice(0, 4).join(', ')} are): Lightning raises. Log it in validation_step.`,
    },
  ];
}

function inHuggingFace(script: Script): Found[] {
  if (!stoppingCallback(script)) return [];
  return trainingArguments(script).flatMap((call): Found[] => {
    const given = argument(call, 'eval_strategy') ?? argument(call, 'evaluation_strategy');
    if (!given || stringOf(given.value) !== 'no') return [];
    return [
      {
        at: given.node,
        severity: 'error',
        message: `Early stopping needs an evaluation, and ${given.node.text} switches it off: the callback raises. Set it to "epoch" or "steps".`,
      },
    ];
  });
}
