/**
 * FC503 Early stopping without validation data.
 *
 * Source: Keras says that the metric is not available and never stops; Lightning raises when what is monitored was not
 * logged; the Hugging Face callback asserts that there is an evaluation.
 */
import * as l10n from '@vscode/l10n';
import { trainingArguments } from '../../huggingFace';
import { addArgument, setArgument } from '../../edit/arguments';
import { argument, hasSplat, type Call } from '../../model/call';
import { parts, stringOf } from '../../model/nodes';
import type { Script } from '../../model/script';
import { arrange } from '../../stopping/huggingFace';
import type { CodeRule, Fix, Found } from '../rule';
import { earlyStoppings, fits, isHandedTo, validates, type Watching } from './callbacks';
import { arrangeTitle } from './huggingFace';
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
      message: l10n.t(
        'Early stopping watches "{0}", but fit gets no validation data: it never stops. Pass validation_data or validation_split.',
        name,
      ),
      fix: heldBack(given, script),
    },
  ];
}

/** A part of the arrays that one `fit` gets; what else it may be given has no part to hold back. */
function heldBack([fit, ...more]: readonly Call[], script: Script): Fix | undefined {
  if (!fit || more.length > 0 || hasSplat(fit) || !argument(fit, 'y', 1)) return undefined;
  return {
    title: l10n.t('Validate on the last tenth of the arrays: validation_split=0.1'),
    edits: addArgument(fit, 'validation_split=0.1', script.text),
    safe: false,
  };
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
  const losses = names.filter((one) => /^val.*loss/.test(one));
  const known = names.flatMap((one) => [one, `${one}_epoch`, `${one}_step`]);
  if (known.includes(name)) return [];
  return [
    {
      at: monitor.value,
      severity: 'error',
      message: l10n.t(
        'Early stopping watches "{0}", which is never logged here ({1} are): Lightning raises. Log it in validation_step.',
        name,
        names.slice(0, 4).join(', '),
      ),
      fix:
        losses.length === 1 && /loss/.test(name)
          ? {
              title: l10n.t('Watch "{0}"', losses[0]!),
              edits: [setArgument(monitor, `${script.text.quote}${losses[0]!}${script.text.quote}`)],
              safe: false,
            }
          : undefined,
    },
  ];
}

function inHuggingFace(script: Script): Found[] {
  if (!stoppingCallback(script)) return [];
  return trainingArguments(script).flatMap((call): Found[] => {
    const given = argument(call, 'eval_strategy') ?? argument(call, 'evaluation_strategy');
    if (!given || stringOf(given.value) !== 'no') return [];
    const arranged = arrange(call, script);
    return [
      {
        at: given.node,
        severity: 'error',
        message: l10n.t(
          'Early stopping needs an evaluation, and {0} switches it off: the callback raises. Set it to "epoch" or "steps".',
          given.node.text,
        ),
        fix: 'reason' in arranged ? undefined : { title: arrangeTitle(), edits: arranged.edits, safe: false },
      },
    ];
  });
}
