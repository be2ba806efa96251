import * as l10n from '@vscode/l10n';
import { callsWhere } from '../model/alike';
import { elsewhereAdvice } from '../elsewhere';
import { refuse, type Planner } from '../proposal';
import { distilInLoop } from './insert';
import { correctTerm } from './present';

/** Knowledge distillation: a right loss where a teacher is in sight, a correction where there is a wrong one. */
export const distillation: Planner = {
  propose(script) {
    const { source } = script.text;
    const terms = callsWhere(script, ({ path }) => path === 'torch.nn.functional.kl_div');
    const isDistillation = /teacher(?!_?forc)|distil|student|\btemperature\b/i.test(source);
    if (terms.length > 0 && isDistillation) return terms.map((call) => correctTerm(call, script));
    const made = callsWhere(script, ({ path }) => path === 'torch.nn.KLDivLoss');
    if (made.length > 0 && isDistillation)
      return made.map((call) =>
        refuse(
          call.node,
          l10n.t(
            'the KL term of line {0} is an object: it must be made with reduction="batchmean", get log_softmax of the student, and be multiplied by T ** 2',
            call.node.startPosition.row + 1,
          ),
        ),
      );
    return /teacher(?!_?forc)/i.test(source)
      ? script.updatePoints.map((point) => distilInLoop(point, script))
      : [];
  },
  nothing: (script) =>
    elsewhereAdvice(script, 'knowledge-distillation') ??
    l10n.t(
      'no teacher is in sight here: load a better model as teacher, beside the one that is trained, first',
    ),
};
