import * as l10n from '@vscode/l10n';
import { addArgument, setArgument } from '../edit/arguments';
import { insertionRefusal } from '../edit/refusals';
import { parsesArguments, trainingArguments } from '../huggingFace';
import { argument } from '../model/call';
import { refuse, type Planner } from '../proposal';

/**
 * The Hugging Face Trainer leaves NaN and infinite losses out of the loss that it logs, so that a run that is broken
 * shows 0.0 or the last average. Source: logging_nan_inf_filter, True by default.
 */
export const nanFilter: Planner = {
  propose(script) {
    const made = trainingArguments(script).map((call) => {
      const line = call.node.startPosition.row + 1;
      const given = argument(call, 'logging_nan_inf_filter');
      if (given?.value.text === 'False')
        return refuse(
          call.node,
          l10n.t('NaN losses are shown already: {0} in line {1}', given.node.text, line),
        );
      if (given && given.value.text !== 'True')
        return refuse(call.node, l10n.t('logging_nan_inf_filter in line {0} is set elsewhere', line));
      const elsewhere = given ? null : insertionRefusal(call, 'logging_nan_inf_filter');
      if (elsewhere) return refuse(call.node, elsewhere);
      return {
        anchor: call.node,
        outcome: {
          edits: given
            ? [setArgument(given, 'False')]
            : addArgument(call, 'logging_nan_inf_filter=False', script.text),
          title: l10n.t('Show NaN losses: `logging_nan_inf_filter=False` in `{0}`', call.name),
          notes: [l10n.t('It changes what is logged only: a NaN shows where the run broke.')],
        },
      };
    });
    if (made.length === 0 && parsesArguments(script) && script.optimizers.length === 0)
      return [
        refuse(
          script.root,
          l10n.t('the training arguments come from the command line: pass --logging_nan_inf_filter False'),
        ),
      ];
    return made;
  },
  nothing: () =>
    l10n.t('only the Hugging Face Trainer leaves NaN losses out of its log, and there is none here'),
};
