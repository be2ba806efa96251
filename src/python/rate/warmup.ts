import * as l10n from '@vscode/l10n';
import { callsWhere, someCall } from '../model/alike';
import { addArgument } from '../edit/arguments';
import { commentAdded } from '../edit/changed';
import { insertionRefusal } from '../edit/refusals';
import { elsewhereAdvice } from '../elsewhere';
import { parsesArguments, trainingArguments } from '../huggingFace';
import { argument } from '../model/call';
import { importsModule, isKerasFile } from '../model/framework';
import { numberOf, stringOf } from '../model/nodes';
import type { Script } from '../model/script';
import { countSteps, lengthen, longer, name, startOf, STEPS } from './lengthen';
import { lengthenLinear } from './linear';
import { refuse, type Planner, type Proposal } from '../proposal';

const word = /warm_?up/i;
/** Others warm up, too: benchmarks, profilers, caches. */
const ofRate = /\blr\b|learning_?rate|lr_?sched|schedule|Trainer|TrainingArguments/i;
const other = /profil|benchmark|timeit|torch\.cuda\.Event|\bschedule$/i;

/** Twice the warm-up that is there, where its number is written; one of the framework's own where there is none. */
export const longerWarmup: Planner = {
  propose(script) {
    const named =
      word.test(script.text.source) && ofRate.test(script.text.source)
        ? [...keywords(script), ...names(script)]
        : [];
    const linear = callsWhere(script, ({ path }) => /(^|\.)LinearLR$/.test(path)).flatMap((call) =>
      lengthenLinear(call, script),
    );
    const changed = [...named, ...linear];
    return changed.length > 0 ? changed : addHuggingFace(script);
  },
  nothing(script) {
    const advice = elsewhereAdvice(script, 'longer-warmup');
    if (advice) return advice;
    if (someCall(script, ({ name: one }) => one === 'OneCycleLR'))
      return l10n.t('OneCycleLR warms up over pct_start of the run, 0.3 by default: that is long already');
    if (isKerasFile(script))
      return l10n.t(
        'no warm-up is set here: give the optimizer keras.optimizers.schedules.CosineDecay(0.0, decay_steps, warmup_target=rate, warmup_steps={0})',
        STEPS,
      );
    if (importsModule(script, 'optax'))
      return l10n.t(
        'no warm-up is set here: give the transform optax.warmup_cosine_decay_schedule(0.0, rate, warmup_steps={0}, decay_steps=steps)',
        STEPS,
      );
    if (importsModule(script, 'torch') && script.optimizers.length + script.updatePoints.length > 0)
      return l10n.t(
        'no warm-up is set here: make torch.optim.lr_scheduler.LinearLR(optimizer, start_factor=0.01, total_iters={0}) and step it after each optimizer step',
        STEPS,
      );
    return l10n.t('no warm-up is set here');
  },
};

/** `f(warmup_steps=100)`; an option of the command line is to be given there. */
function keywords(script: Script): Proposal[] {
  return script.calls.flatMap((call): Proposal[] => {
    if (!word.test(call.node.text) || other.test(call.path)) return [];
    if (call.name === 'add_argument') {
      const flag = stringOf(call.args()[0]?.value);
      if (flag === null || !word.test(flag)) return [];
      const preset = numberOf(argument(call, 'default')?.value);
      const reason = preset
        ? l10n.t(
            'the warm-up comes from the command line: pass {0} {1} (it is {2} by default)',
            flag,
            longer(flag, argument(call, 'default')!.value.text),
            preset,
          )
        : l10n.t('the warm-up comes from the command line: pass {0} {1}', flag, startOf(flag));
      return [refuse(call.node, reason)];
    }
    return call
      .args()
      .filter((one) => one.name !== null && isWarmup(one.name, call.path) && numberOf(one.value) !== null)
      .map((one) => lengthen(call.node, one.name!, one.value, script));
  });
}

/** A plain `warmup=` is one of the learning rate where the call is about that. */
function isWarmup(argument: string, path: string): boolean {
  if (/^warm_?up$/i.test(argument)) return /sched|lr|cosine|noam|warm/i.test(path);
  return name.test(argument);
}

/** `warmup_iters = 2000`, and fields of a config class. */
function names(script: Script): Proposal[] {
  return script.assignments.flatMap(({ node, target, value }) => {
    const last = target.split('.').at(-1)!;
    const timed = /perf_counter|benchmark|timeit|cuda\.Event/.test(script.text.source);
    return name.test(last) && !timed && numberOf(value) !== null ? [lengthen(node, last, value, script)] : [];
  });
}

function addHuggingFace(script: Script): Proposal[] {
  const made = trainingArguments(script).map((call): Proposal => {
    const given = ['warmup_steps', 'warmup_ratio']
      .map((one) => argument(call, one))
      .find((one) => one !== undefined);
    const line = call.node.startPosition.row + 1;
    if (given)
      return refuse(
        call.node,
        l10n.t(
          'the warm-up of line {0} is {1}, which is set elsewhere: lengthen it there',
          line,
          given.value.text,
        ),
      );
    const elsewhere = insertionRefusal(call, 'warmup_steps');
    if (elsewhere) return refuse(call.node, elsewhere);
    const most = numberOf(argument(call, 'max_steps')?.value);
    const steps =
      most !== null && most > 0 ? String(Math.min(Number(STEPS), Math.max(1, Math.round(most / 20)))) : STEPS;
    const edits = commentAdded(
      addArgument(call, `warmup_steps=${steps}`, script.text),
      'was 0, the default',
      script,
    );
    if (!edits)
      return refuse(
        call.node,
        l10n.t('line {0} goes on with a backslash: pass warmup_steps={1} there by hand', line, steps),
      );
    const title = l10n.t(
      'Warm up over {0} steps with `warmup_steps` in `{1}` (it is 0 by default)',
      steps,
      call.name,
    );
    return {
      anchor: call.node,
      outcome: {
        edits,
        value: steps,
        title,
        notes: [countSteps(), l10n.t('At most a tenth of the run should be warm-up.')],
      },
    };
  });
  if (made.length === 0 && parsesArguments(script) && script.optimizers.length === 0)
    return [
      refuse(
        script.root,
        l10n.t('the training arguments come from the command line: pass --warmup_steps {0}', STEPS),
      ),
    ];
  return made;
}
