import { elsewhereAdvice } from '../elsewhere';
import type { Planner } from '../proposal';
import { stopHuggingFace } from './huggingFace';
import { stopKeras } from './keras';
import { stopLightning } from './lightning';
import { stopLoops } from './loop';

/** Early stopping by a validation metric, with the best weights restored. */
export const stopping: Planner = {
  propose: (script) => [
    ...stopLoops(script),
    ...stopKeras(script),
    ...stopLightning(script),
    ...stopHuggingFace(script),
  ],
  nothing: (script) =>
    elsewhereAdvice(script, 'early-stopping') ??
    'no loop over epochs with a validation, fit or Trainer stands here',
};
