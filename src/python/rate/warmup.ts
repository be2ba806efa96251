import { callsWhere, someCall } from '../model/alike';
import { addArgument } from '../edit/arguments';
import { changeNumber, commentAdded, wasChanged } from '../edit/changed';
import { insertionRefusal } from '../edit/refusals';
import { elsewhereAdvice } from '../elsewhere';
import { parsesArguments, trainingArguments } from '../huggingFace';
import { replaceNode } from '../edit/insert';
import { argument, hasSplat, type Call } from '../model/call';
import { importsModule, isKerasFile } from '../model/framework';
import { numberOf, parts, spelled, stringOf } from '../model/nodes';
import { targetOf } from '../model/optimizers';
import type { Script } from '../model/script';
import type { Node } from '../parser';
import { refuse, type Planner, type Proposal } from '../proposal';

const name =
  /(^|_)warm_?up(_?(steps|iters|iterations|epochs|updates|batches|ratio|t|length|proportion|tokens))?$|(^|_)(n|num)_warm_?up/i;
const word = /warm_?up/i;
/** Others warm up, too: benchmarks, profilers, caches. */
const ofRate = /\blr\b|learning_?rate|lr_?sched|schedule|Trainer|TrainingArguments/i;
const other = /profil|benchmark|timeit|torch\.cuda\.Event|\bschedule$/i;
const COUNT = 'Count optimizer steps, not batches, where gradients are accumulated.';

/** Starting values where there is no warm-up. Source: 1 to 5 % of all steps, or 500 to 2,000 steps; five epochs in vision recipes. */
const STEPS = '500';
const starts: readonly (readonly [RegExp, string])[] = [
  [/ratio|proportion/i, '0.05'],
  [/epoch/i, '5'],
  [/./, STEPS],
];

/** From here on a share of the run is a long warm-up already. */
const LONG_SHARE = 0.1;

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
      return 'OneCycleLR warms up over pct_start of the run, 0.3 by default: that is long already';
    if (isKerasFile(script))
      return `no warm-up is set here: give the optimizer keras.optimizers.schedules.CosineDecay(0.0, decay_steps, warmup_target=rate, warmup_steps=${STEPS})`;
    if (importsModule(script, 'optax'))
      return `no warm-up is set here: give the transform optax.warmup_cosine_decay_schedule(0.0, rate, warmup_steps=${STEPS}, decay_steps=steps)`;
    if (importsModule(script, 'torch') && script.optimizers.length + script.updatePoints.length > 0)
      return `no warm-up is set here: make torch.optim.lr_scheduler.LinearLR(optimizer, start_factor=0.01, total_iters=${STEPS}) and step it after each optimizer step`;
    return 'no warm-up is set here';
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
      const to = preset
        ? ` ${longer(flag, argument(call, 'default')!.value.text)} (it is ${preset} by default)`
        : ` ${startOf(flag)}`;
      return [refuse(call.node, `the warm-up comes from the command line: pass ${flag}${to}`)];
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

function lengthen(anchor: Node, what: string, number: Node, script: Script): Proposal {
  const line = number.startPosition.row + 1;
  const value = numberOf(number)!;
  if (wasChanged(number, script))
    return refuse(
      anchor,
      `the warm-up was lengthened already: see the comment in line ${line}, and train with it first`,
    );
  if (value < 0) return refuse(anchor, `the warm-up in line ${line} is ${number.text}: look there first`);
  const share = value > 0 && value < 1;
  if (share && value >= LONG_SHARE)
    return refuse(anchor, `the warm-up in line ${line} is ${number.text} of the run: that is long already`);
  const to = longer(what, number.text);
  const edits = changeNumber(number, to, script);
  if (!edits)
    return refuse(anchor, `line ${line} goes on with a backslash: set ${what} to ${to} there by hand`);
  return {
    anchor,
    outcome: {
      edits,
      value: to,
      title: `Lengthen the warm-up: \`${what}\` from ${number.text} to ${to}`,
      many: (count) => `Lengthen ${count} warm-ups`,
      notes: [COUNT],
    },
  };
}

function longer(what: string, text: string): string {
  const value = Number(text.replace(/_/g, ''));
  return value === 0 ? startOf(what) : String(Number((value * 2).toPrecision(12)));
}

function startOf(what: string): string {
  return starts.find(([pattern]) => pattern.test(what))![1];
}

/** `LinearLR(opt, start_factor=0.1, total_iters=5)` warms up where it rises. */
function lengthenLinear(call: Call, script: Script): Proposal[] {
  const start = numberOf(argument(call, 'start_factor', 1)?.value) ?? 1 / 3;
  const end = numberOf(argument(call, 'end_factor', 2)?.value) ?? 1;
  const iters = argument(call, 'total_iters', 3);
  if (start >= end || hasSplat(call)) return [];
  if (!iters) return [addIters(call, script)];
  // A name that says what it is was found by its name; another may stand for the whole run.
  if (numberOf(iters.value) === null) {
    const line = call.node.startPosition.row + 1;
    const why = `the warm-up of line ${line} takes total_iters from ${iters.value.text}: make it longer there`;
    return name.test(spelled(iters.value).split('.').at(-1)!) ? [] : [refuse(call.node, why)];
  }
  const ends = milestones(call, script);
  const own = lengthen(call.node, 'total_iters', iters.value, script);
  if (ends === null || 'reason' in own.outcome) return [own];
  if (typeof ends === 'string') return [refuse(call.node, ends)];
  return [
    {
      ...own,
      outcome: { ...own.outcome, edits: [...own.outcome.edits, replaceNode(ends, own.outcome.value!)] },
    },
  ];
}

/** Source: the default of torch.optim.lr_scheduler.LinearLR. */
const PRESET = '5';

/** `LinearLR(optimizer, start_factor=0.1)` warms up over five steps. */
function addIters(call: Call, script: Script): Proposal {
  const line = call.node.startPosition.row + 1;
  const to = longer('total_iters', PRESET);
  if (typeof milestones(call, script) === 'string' || milestones(call, script))
    return refuse(
      call.node,
      `the warm-up of line ${line} ends after ${PRESET} steps, the default, and the next schedule begins by milestones: set total_iters, and the first of them, by hand`,
    );
  const edits = commentAdded(
    addArgument(call, `total_iters=${to}`, script.text),
    `was ${PRESET}, the default`,
    script,
  );
  if (!edits)
    return refuse(call.node, `line ${line} goes on with a backslash: set total_iters=${to} there by hand`);
  return {
    anchor: call.node,
    outcome: {
      edits,
      value: to,
      title: `Lengthen the warm-up: \`total_iters\` from ${PRESET}, its default, to ${to}`,
      many: (count) => `Lengthen ${count} warm-ups`,
      notes: [COUNT],
    },
  };
}

/**
 * Where the schedule that follows a warm-up begins: the first of `SequentialLR(…, milestones=[500])`, which must grow with
 * it. Null without one, or where both are one name; a reason where they do not fit together.
 */
function milestones(warmup: Call, script: Script): Node | string | null {
  const target = targetOf(warmup.node);
  const sequence = script.calls.find(
    (call) =>
      /(^|\.)SequentialLR$/.test(call.path) &&
      parts(argument(call, 'schedulers', 1)?.value ?? null)[0]?.text === (target?.text ?? warmup.node.text),
  );
  if (!sequence) return null;
  const list = argument(sequence, 'milestones', 2)?.value;
  const first = parts(list?.type === 'list' ? list : null)[0];
  const iters = argument(warmup, 'total_iters', 3)?.value;
  if (first && iters && spelled(first) === spelled(iters)) return numberOf(first) === null ? null : first;
  return `the warm-up of line ${warmup.node.startPosition.row + 1} is left by the milestones in line ${sequence.node.startPosition.row + 1}, which say another number: make both longer by hand`;
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
        `the warm-up of line ${line} is ${given.value.text}, which is set elsewhere: lengthen it there`,
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
        `line ${line} goes on with a backslash: pass warmup_steps=${steps} there by hand`,
      );
    const title = `Warm up over ${steps} steps with \`warmup_steps\` in \`${call.name}\` (it is 0 by default)`;
    return {
      anchor: call.node,
      outcome: {
        edits,
        value: steps,
        title,
        notes: [COUNT, 'At most a tenth of the run should be warm-up.'],
      },
    };
  });
  if (made.length === 0 && parsesArguments(script) && script.optimizers.length === 0)
    return [
      refuse(script.root, `the training arguments come from the command line: pass --warmup_steps ${STEPS}`),
    ];
  return made;
}
