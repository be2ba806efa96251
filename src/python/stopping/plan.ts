import * as l10n from '@vscode/l10n';
import { elsewhereAdvice } from '../elsewhere';
import { refuse, type Planner } from '../proposal';
import { stopHuggingFace } from './huggingFace';
import { stopKeras } from './keras';
import { stopLightning } from './lightning';
import { stopLoops } from './loop';

/** Early stopping by a validation metric, with the best weights restored. */
export const stopping: Planner = {
  propose(script) {
    const found = [
      ...stopLoops(script),
      ...stopKeras(script),
      ...stopLightning(script),
      ...stopHuggingFace(script),
    ];
    const advice = elsewhereAdvice(script, 'early-stopping', 'loops');
    return advice === null ? found : found.map(({ anchor }) => refuse(anchor, advice));
  },
  nothing: (script) =>
    elsewhereAdvice(script, 'early-stopping') ??
    l10n.t('no loop over epochs with a validation, fit or Trainer stands here'),
};
