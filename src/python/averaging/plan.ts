import * as l10n from '@vscode/l10n';
import { elsewhereAdvice } from '../elsewhere';
import { trainingArguments } from '../huggingFace';
import { importsModule } from '../model/framework';
import type { Script } from '../model/script';
import { refuse, type Planner, type Proposal } from '../proposal';
import { averageKeras } from './keras';
import { averageLightning } from './lightning';
import { averageLoops } from './torch';

/** An exponential moving average of the weights, updated after each step, evaluated and saved instead of them. */
export const averaging: Planner = {
  propose: (script) => [
    ...averageLoops(script),
    ...averageKeras(script),
    ...averageLightning(script),
    ...averageHuggingFace(script),
  ],
  nothing(script) {
    if (importsModule(script, 'optax', 'flax'))
      return l10n.t(
        'optax.ema in a chain averages updates, not weights: keep ema = optax.incremental_update(params, ema, 1 - 0.999) after each apply_updates, and evaluate with it',
      );
    if (importsModule(script, 'fastai')) return l10n.t('fastai: give the learner cbs=EMACallback()');
    return (
      elsewhereAdvice(script, 'ema') ??
      l10n.t('no optimizer step, Keras optimizer or Lightning Trainer stands here')
    );
  },
};

function averageHuggingFace(script: Script): Proposal[] {
  return trainingArguments(script).map(({ node }) =>
    refuse(
      node,
      l10n.t(
        'the Hugging Face Trainer keeps no average by itself: update a torch.optim.swa_utils.AveragedModel in on_step_end of a TrainerCallback',
      ),
    ),
  );
}
