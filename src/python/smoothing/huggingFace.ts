import * as l10n from '@vscode/l10n';
import { someCall } from '../model/alike';
import { addArgument, setArgument } from '../edit/arguments';
import { insertionRefusal } from '../edit/refusals';
import { fieldDefault, isOffArgument, parsesArguments, trainingArguments } from '../huggingFace';
import { replaceNode } from '../edit/insert';
import { argument, type Call } from '../model/call';
import { numberOf } from '../model/nodes';
import type { Script } from '../model/script';
import { refuse, type Proposal } from '../proposal';
import { isLanguageModel } from '../model/subject';
import { SMOOTHING } from './values';

/** The Trainer smooths by an argument. */
export function smoothHuggingFace(script: Script): Proposal[] {
  const made = trainingArguments(script).map((call) => smoothArguments(call, script));
  const field = fieldDefault('label_smoothing_factor', script);
  if (field && numberOf(field) === 0) {
    const title = l10n.t(
      'Set the default of `label_smoothing_factor` to {0} (was {1})',
      SMOOTHING,
      field.text,
    );
    made.push({
      anchor: field,
      outcome: { edits: [replaceNode(field, SMOOTHING)], value: SMOOTHING, title },
    });
  }
  if (made.length === 0 && parsesArguments(script) && script.optimizers.length === 0)
    return [
      refuse(
        script.root,
        l10n.t(
          'the training arguments come from the command line: pass --label_smoothing_factor {0}',
          SMOOTHING,
        ),
      ),
    ];
  return made;
}

function smoothArguments(call: Call, script: Script): Proposal {
  const line = call.node.startPosition.row + 1;
  const no = (reason: string): Proposal => refuse(call.node, reason);
  if (!/TrainingArguments$/.test(call.path) || isLanguageModel(script))
    return no(l10n.t('a language model: in pretraining and instruction tuning the labels are not smoothed'));
  if (script.functions.some((fn) => fn.childForFieldName('name')?.text === 'compute_loss'))
    return no(
      l10n.t('the Trainer of this file computes its own loss (compute_loss): smooth the labels there'),
    );
  if (someCall(script, ({ path }) => /For(Token|Question)\w*|Regression/.test(path)))
    return no(
      l10n.t(
        'the model classifies tokens or answers questions, where padded labels are ignored: smoothing is not usual there',
      ),
    );
  const given = argument(call, 'label_smoothing_factor');
  if (given && !isOffArgument(given))
    return no(l10n.t('labels are smoothed already: {0} in line {1}', given.node.text, line));
  const elsewhere = given ? null : insertionRefusal(call, 'label_smoothing_factor');
  if (elsewhere) return no(elsewhere);
  return {
    anchor: call.node,
    outcome: {
      edits: given
        ? [setArgument(given, SMOOTHING)]
        : addArgument(call, `label_smoothing_factor=${SMOOTHING}`, script.text),
      value: SMOOTHING,
      title: l10n.t('Set `label_smoothing_factor={0}` in `{1}`', SMOOTHING, call.name),
      notes: [
        l10n.t(
          'It needs labels with classes: not for regression (num_labels=1). The evaluation loss is smoothed, too: compare accuracies.',
        ),
      ],
    },
  };
}
