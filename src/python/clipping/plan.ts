import * as l10n from '@vscode/l10n';
import { elsewhereAdvice } from '../elsewhere';
import { spelled } from '../model/nodes';
import type { Script } from '../model/script';
import { isOptimizerName } from '../model/updatePoints';
import { frameworkAt } from '../model/framework';
import { refuse, type Planner, type Proposal } from '../proposal';
import { clippingKeyword, isOff } from './already';
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
    stepsElsewhere(script) ??
    l10n.t('no optimizer step (such as optimizer.step()) stands here'),
};

/** Steps by another name, each with where its gradients can be clipped. */
function stepsElsewhere({ calls }: Script): string | null {
  const second = calls.find(({ name }) => name === 'second_step');
  if (second)
    return l10n.t(
      'sharpness-aware minimisation: its first step must see the whole gradient; clip before {0}() in line {1} only, if at all',
      second.callee.text,
      second.node.startPosition.row + 1,
    );
  const minimize = calls.find(({ name, on }) => name === 'minimize' && on !== null && isOptimizerName(on));
  if (minimize)
    return l10n.t(
      '{0}() in line {1} computes and applies gradients at once: take compute_gradients(), clip with tf.clip_by_global_norm, then apply_gradients()',
      minimize.callee.text,
      minimize.node.startPosition.row + 1,
    );
  const scaler = calls.find((call) => {
    const [loss, optimizer] = call.args();
    return (
      /scaler$/i.test(call.name) &&
      loss !== undefined &&
      optimizer !== undefined &&
      isOptimizerName(spelled(optimizer.value))
    );
  });
  if (!scaler) return null;
  const line = scaler.node.startPosition.row + 1;
  const given = scaler.args().find(({ name, value }) => name === 'clip_grad' && !isOff(value));
  return given
    ? l10n.t('gradients are clipped already: {0} in line {1}', given.node.text, line)
    : l10n.t(
        '{0}() in line {1} goes backward and steps by itself: pass it its bound for the norm (clip_grad=1.0 in the scaler of timm)',
        scaler.callee.text,
        line,
      );
}

function loopPlaces(script: Script): Proposal[] {
  const keyword = clippingKeyword(script);
  const elsewhere = elsewhereAdvice(script, 'gradient-clipping', 'loops');
  const hook = clippingHook(script);
  return script.updatePoints.map((point) => {
    if (elsewhere !== null) return refuse(point.statement, elsewhere);
    if (hook) {
      const line = hook.startPosition.row + 1;
      return refuse(point.statement, l10n.t('gradients are clipped already by the hook in line {0}', line));
    }
    // The bound that a Trainer or a Keras optimizer got says nothing about a loop of one's own.
    if (keyword && frameworkAt(point, script) !== 'lightning') {
      const line = keyword.startPosition.row + 1;
      return refuse(
        point.statement,
        l10n.t('gradients are clipped already: {0} in line {1}', keyword.text, line),
      );
    }
    return clipInLoop(point, script);
  });
}
