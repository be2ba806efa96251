import { elsewhereAdvice } from '../elsewhere';
import type { Script } from '../model/script';
import { frameworkAt } from '../model/framework';
import { refuse, type Planner, type Proposal } from '../proposal';
import { clippingKeyword } from './already';
import { clippingHook } from './indirect';
import { clipInDeepSpeed } from './deepspeed';
import { clipInFastai } from './fastai';
import { clipInHuggingFace } from './huggingFace';
import { clipInKeras } from './keras';
import { clipInTrainer } from './lightning';
import { clipInLoop } from './loop';
import { clipInMlx } from './mlx';
import { clipInOptax } from './optax';

/** Frameworks in which the bound is an argument, a config key or a part of the optimizer. */
const configured: readonly ((script: Script) => Proposal[])[] = [
  clipInTrainer,
  clipInHuggingFace,
  clipInDeepSpeed,
  clipInKeras,
  clipInOptax,
  clipInMlx,
  clipInFastai,
];

/** Gradient clipping, where the framework that takes the step wants it. */
export const clipping: Planner = {
  propose(script) {
    const places = configured.flatMap((propose) => propose(script));
    return [...loopPlaces(script), ...places];
  },
  nothing: (script) =>
    elsewhereAdvice(script, 'gradient-clipping') ??
    'no optimizer step (such as optimizer.step()) stands here',
};

function loopPlaces(script: Script): Proposal[] {
  const keyword = clippingKeyword(script);
  const elsewhere = elsewhereAdvice(script, 'gradient-clipping', 'loops');
  const hook = clippingHook(script);
  return script.updatePoints.map((point) => {
    if (elsewhere !== null) return refuse(point.statement, elsewhere);
    if (hook) {
      const line = hook.startPosition.row + 1;
      return refuse(point.statement, `gradients are clipped already by the hook in line ${line}`);
    }
    // The bound that a Trainer or a Keras optimizer got says nothing about a loop of one's own.
    if (keyword && frameworkAt(point, script) !== 'lightning') {
      const line = keyword.startPosition.row + 1;
      return refuse(point.statement, `gradients are clipped already: ${keyword.text} in line ${line}`);
    }
    return clipInLoop(point, script);
  });
}
