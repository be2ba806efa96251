import * as l10n from '@vscode/l10n';
import { callsWhere } from '../model/alike';
import { addArgument } from '../edit/arguments';
import { commentAdded, commentAt } from '../edit/changed';
import { replaceNode } from '../edit/insert';
import { insertionRefusal } from '../edit/refusals';
import { elsewhereAdvice } from '../elsewhere';
import { fieldDefault, parsesArguments, trainingArguments } from '../huggingFace';
import { kerasClass, kerasOptimizers } from '../keras';
import { configured } from '../configured';
import { assignmentsTo } from '../model/assignments';
import { argument, type Argument, type Call } from '../model/call';
import { isBroken, numberOf, spelled, statementAround } from '../model/nodes';
import { madeElsewhere, optimizersElsewhere } from '../model/madeElsewhere';
import { targetOf } from '../model/optimizers';
import type { Script } from '../model/script';
import { writtenOut } from '../decay/groups';
import type { Node } from '../parser';
import { transforms } from '../optax';
import { refuse, type Edit, type Planner, type Proposal } from '../proposal';
import type { TextEdit } from '../../remedies/textEdit';
import { ratesByHand } from './byHand';
import { afterwards, lowerArgument, lowerNumber } from './lower';
import { tenth } from './values';

/** A learning rate ten times smaller, where its number is written. */
export const lowerRate: Planner = {
  propose(script) {
    const cycles = script.schedulers.filter(({ name }) => /^(OneCycleLR|CyclicLR)$/.test(name));
    // These set the rate themselves at each step: the optimizer's own means nothing.
    if (cycles.length > 0) return cycles.flatMap((call) => lowerCycle(call, script));
    const set = ratesByHand(script).find(({ relative }) => !relative);
    return [
      ...script.optimizers
        .filter(({ kind }) => kind !== 'keras')
        .map((one) =>
          set
            ? refuse(
                one.call.node,
                l10n.t(
                  'line {0} sets the learning rate itself ({1}), whatever the optimizer starts with: make it ten times smaller there',
                  set.node.startPosition.row + 1,
                  set.node.text.split('\n')[0]!,
                ),
              )
            : lowerOptimizer(one.call, one.params, script),
        ),
      ...(script.optimizers.length === 0 && !set ? lowerElsewhere(script) : []),
      ...lowerKeras(script),
      ...lowerHuggingFace(script),
      ...lowerOptax(script),
      ...lowerConfigured(script),
    ];
  },
  nothing: (script) =>
    elsewhereAdvice(script, 'lower-lr') ?? elsewhere(script) ?? l10n.t('no optimizer is built here'),
};

function elsewhere(script: Script): string | null {
  const made = madeElsewhere(script);
  return made === null ? null : l10n.t('{0}: make the learning rate ten times smaller there', made);
}

/** `optimizer_class(params, lr=1e-4)`, `SAM(params, SGD, lr=0.1)`: the rate is given here, whatever the class. */
function lowerElsewhere(script: Script): Proposal[] {
  return optimizersElsewhere(script).flatMap((call) => {
    const given = call.args().find(({ name }) => name === 'lr' || name === 'learning_rate');
    return given && !isBroken(statementAround(call.node)) ? [lowerArgument(call, given, script)] : [];
  });
}

function lowerCycle(call: Call, script: Script): Proposal[] {
  const names = call.name === 'CyclicLR' ? (['base_lr', 'max_lr'] as const) : (['max_lr'] as const);
  return names.flatMap((name, i) => {
    const given = argument(call, name, i + 1);
    return given ? [lowerArgument(call, given, script)] : [];
  });
}

function lowerOptimizer(call: Call, params: Node | null, script: Script): Proposal {
  const line = call.node.startPosition.row + 1;
  if (isBroken(statementAround(call.node)))
    return refuse(call.node, l10n.t('the code around line {0} has a syntax error', line));
  const schedule = scheduledBy(call, script);
  if (schedule !== null)
    return refuse(
      call.node,
      l10n.t(
        '{0} sets the learning rate at each step, whatever the optimizer of line {1} starts with: make its factor ten times smaller',
        schedule,
        line,
      ),
    );
  const groups = params && writtenOut(params, script);
  // Groups may be written as dicts, `{'lr': …}` or `dict(lr=…)`, in place or behind a name.
  if (groups && (/["']lr["']/.test(groups.text) || (groups.type === 'list' && /\blr=/.test(groups.text))))
    return refuse(
      call.node,
      l10n.t('the parameter groups of the optimizer in line {0} have rates of their own: lower each', line),
    );
  const isMlx = script.optimizers.some((one) => one.call === call && one.kind === 'mlx');
  const given = argument(call, 'lr', 1) ?? argument(call, 'learning_rate', isMlx ? 0 : undefined);
  if (given && given.name !== 'params' && !/parameters\(|^\[/.test(given.value.text))
    return lowerArgument(call, given, script);
  const preset = Object.hasOwn(presets, call.name) ? presets[call.name] : undefined;
  return preset === undefined
    ? refuse(call.node, l10n.t('the learning rate of the optimizer in line {0} is not given here', line))
    : addRate(call, 'lr', preset, script);
}

/** `NoamOpt(512, 1, 4000, Adam(…))`, `ScheduledOptim(self.adam, …)`: an optimizer in a schedule of one's own. */
function scheduledBy(call: Call, script: Script): string | null {
  const target = targetOf(call.node);
  const around = callsWhere(script, ({ name }) =>
    /^(Noam\w*|\w*Sched\w*Opt\w*|\w*Opt\w*Sched\w*)$/.test(name),
  ).find((one) =>
    one
      .args()
      .some(
        ({ value }) => value.id === call.node.id || (target !== null && spelled(value) === spelled(target)),
      ),
  );
  return around ? around.name : null;
}

/** Rates where none is given. Source: the signatures of torch.optim. */
const presets: Readonly<Record<string, string>> = {
  Adam: '1e-3',
  AdamW: '1e-3',
  NAdam: '2e-3',
  RAdam: '1e-3',
  RMSprop: '1e-2',
  SGD: '1e-3',
};

function addRate(call: Call, name: string, preset: string, script: Script): Proposal {
  const elsewhere = insertionRefusal(call, name);
  if (elsewhere) return refuse(call.node, elsewhere);
  const to = tenth(preset);
  const edits = commentAdded(
    addArgument(call, `${name}=${to}`, script.text),
    `was ${preset}, the default`,
    script,
  );
  return edits
    ? { anchor: call.node, outcome: describe(call.name, preset, to, edits) }
    : refuse(
        call.node,
        l10n.t(
          'line {0} goes on with a backslash: pass {1}={2} there by hand',
          call.node.endPosition.row + 1,
          name,
          to,
        ),
      );
}

function describe(what: string, preset: string, to: string, edits: TextEdit[]): Edit {
  return {
    edits,
    value: to,
    title: l10n.t('Lower the learning rate of `{0}` from {1}, its default, to {2}', what, preset, to),
    many: (count) => l10n.t('Lower {0} learning rates to a tenth', count),
    notes: [afterwards()],
  };
}

/** Keras: every optimizer starts from 0.001, but SGD and Ftrl from 0.01 and 0.001. Source: keras.optimizers. */
function lowerKeras(script: Script): Proposal[] {
  return kerasOptimizers(script).map(({ node, className, call, legacy }) => {
    const preset = className === 'SGD' ? '0.01' : '0.001';
    if (!call) {
      const { name, edits } = kerasClass('optimizers', className, script);
      const to = tenth(preset);
      const comment = commentAt(node.endPosition.row, `was ${preset}, the default`, script);
      if (!comment)
        return refuse(node, l10n.t('line {0} goes on with a backslash', node.endPosition.row + 1));
      return {
        anchor: node,
        outcome: describe(className, preset, to, [
          ...edits,
          replaceNode(node, `${name}(learning_rate=${to})`),
          comment,
        ]),
      };
    }
    const given = argument(call, 'learning_rate', 0) ?? argument(call, 'lr');
    if (!given) return addRate(call, legacy ? 'lr' : 'learning_rate', preset, script);
    return scheduled(call, given, script) ?? lowerArgument(call, given, script);
  });
}

/** The first value of a schedule that is made in place, or that a name stands for. */
function scheduled(call: Call, given: Argument, script: Script): Proposal | null {
  const node =
    given.value.type === 'identifier'
      ? (script.assignments.find(({ target }) => target === given.value.text)?.value ?? given.value)
      : given.value;
  const made = node.type === 'call' ? script.calls.find((one) => one.node.id === node.id) : undefined;
  if (!made) return null;
  const first =
    argument(made, 'peak_value') ??
    argument(made, 'initial_learning_rate') ??
    argument(made, 'init_value') ??
    argument(made, 'max_lr') ??
    made.args().find(({ name }) => name === null);
  return first ? lowerArgument(call, first, script) : null;
}

function lowerHuggingFace(script: Script): Proposal[] {
  const made = trainingArguments(script).map((call) => {
    const given = argument(call, 'learning_rate');
    return given ? lowerArgument(call, given, script) : addRate(call, 'learning_rate', '5e-5', script);
  });
  const field = fieldDefault('learning_rate', script);
  if (field) made.push(lowerNumber(field, 'TrainingArguments', field, script));
  if (made.length === 0 && parsesArguments(script) && script.optimizers.length === 0)
    return [
      refuse(
        script.root,
        l10n.t('the training arguments come from the command line: pass a --learning_rate ten times smaller'),
      ),
    ];
  return made;
}

/**
 * `model.configure_optimizers(weight_decay, learning_rate, …)`: the model builds its optimizer elsewhere, from a setting of
 * this file. What the schedule ends with goes down with it.
 */
function lowerConfigured(script: Script): Proposal[] {
  return configured(script).flatMap(({ call, setting }): Proposal[] => {
    const given = setting(/^((base|max|peak)_)?(lr|learning_rate)$/);
    if (!given) return [];
    const [end] = assignmentsTo(script.assignments, 'min_lr').filter(({ scope }) => scope === null);
    const lowest =
      end && numberOf(end.value) !== null ? [lowerNumber(call.node, 'min_lr', end.value, script)] : [];
    const first = lowerArgument(call, given, script);
    return 'reason' in first.outcome ? [first] : [first, ...lowest];
  });
}

function lowerOptax(script: Script): Proposal[] {
  const inner = callsWhere(script, ({ path }) =>
    /^optax\.(adam\w*|sgd|rmsprop|lion|lamb|lars|adafactor|adagrad|radam|nadamw?|yogi|scale_by_learning_rate)$/.test(
      path,
    ),
  );
  const known = transforms(script).length > 0 ? inner : [];
  return known.flatMap((call) => {
    const given = argument(call, 'learning_rate', 0);
    if (!given) return [];
    return [scheduled(call, given, script) ?? lowerArgument(call, given, script)];
  });
}
