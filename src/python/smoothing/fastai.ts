import * as l10n from '@vscode/l10n';
import { callsWhere } from '../model/alike';
import { addArgument, setArgument } from '../edit/arguments';
import { insertionRefusal } from '../edit/refusals';
import { argument } from '../model/call';
import { importsModule } from '../model/framework';
import type { Script } from '../model/script';
import { refuse, type Proposal } from '../proposal';

const LOSS = 'LabelSmoothingCrossEntropy()';

/** fastai's learners take a loss that smooths. */
export function smoothFastai(script: Script): Proposal[] {
  if (!importsModule(script, 'fastai')) return [];
  return callsWhere(script, ({ name }) => /^(vision_learner|cnn_learner)$/.test(name)).map((call) => {
    const line = call.node.startPosition.row + 1;
    const given = argument(call, 'loss_func');
    const starred = script.imports.stars.some((one) => /^fastai\.(vision\.all|basics|losses)$/.test(one));
    const plain = given ? /^CrossEntropyLossFlat\(\)$/.test(given.value.text) : true;
    if (given && /Smoothing/.test(given.value.text))
      return refuse(call.node, l10n.t('labels are smoothed already: {0} in line {1}', given.node.text, line));
    if (!plain || !starred)
      return refuse(
        call.node,
        l10n.t('pass loss_func={0} to the learner in line {1}, if it classifies', LOSS, line),
      );
    const elsewhere = given ? null : insertionRefusal(call, 'loss_func');
    if (elsewhere) return refuse(call.node, elsewhere);
    if (/Multi|Segment|Point|BBox|Regression/.test(script.text.source))
      return refuse(call.node, l10n.t('the learner in line {0} may do more than choose one class', line));
    return {
      anchor: call.node,
      outcome: {
        edits: given ? [setArgument(given, LOSS)] : addArgument(call, `loss_func=${LOSS}`, script.text),
        title: l10n.t('Smooth the labels by 0.1 with `loss_func={0}`', LOSS),
        notes: [l10n.t('fastai validates with the same loss: compare accuracies with earlier runs.')],
      },
    };
  });
}
