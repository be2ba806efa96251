import * as l10n from '@vscode/l10n';
import { buildOf } from '../clipping/parameters';
import { assignmentsTo, type Assignment } from '../model/assignments';
import type { Call } from '../model/call';
import { functionCalled, parameterFor } from '../model/functions';
import { binderOf } from '../model/mentions';
import {
  enclosing,
  enclosingClass,
  enclosingFunction,
  isInside,
  parameterNames,
  spelled,
  statementAround,
} from '../model/nodes';
import { modelAt } from '../model/owner';
import { callsOf } from '../model/phase';
import type { Script } from '../model/script';
import type { UpdatePoint } from '../model/updatePoints';
import { within } from '../model/within';
import type { Node } from '../parser';

/** Where a copy of the model can be made, and under which name the step finds both. */
export interface Site {
  /** The model where the copy is made: `model`, `self.model`. */
  model: string;
  /** What to copy: the model itself, or what a wrapper holds. */
  source: string;
  /** The statement that the copy is made before, or after. */
  anchor: Node;
  place: 'before' | 'after';
  /** The loop, or else the statement, after which the training that this code shows is over. */
  end: Node;
  /** The model as the step names it. */
  inStep: string;
  /** The function that must be handed the copy, and the call that does; null where the step sees it anyway. */
  through: { fn: Node; call: Call } | null;
}

/** Finds it for an update point, or says why there is none. */
export function siteOf(point: UpdatePoint, script: Script): Site | { reason: string } {
  const line = point.statement.startPosition.row + 1;
  const inStep = modelAt(point, script);
  if (inStep === null)
    return { reason: l10n.t('which model the step in line {0} changes is not visible here', line) };
  const renamed = assignmentsTo(script.assignments, inStep).find(
    ({ value }) => spelled(value) === `${inStep}.eval()`,
  );
  // There the average would take the name of what is trained.
  if (renamed)
    return {
      reason: l10n.t(
        '{0} is given its name anew in line {1}: write {0}.eval() there first',
        inStep,
        renamed.node.startPosition.row + 1,
      ),
    };
  if (inStep.startsWith('self.')) return onObject(inStep, point, script);
  if (inStep === 'self')
    return { reason: l10n.t('the model trains itself in line {0}: average it from outside', line) };
  const binder = binderOf(inStep, point.statement, script);
  if (
    binder &&
    parameterNames(binder).includes(inStep) &&
    assignmentsTo(script.assignments, inStep, binder).length === 0
  )
    return throughCall(inStep, binder, point, script);
  return inScope(inStep, point.statement, null, inStep, script);
}

/** `self.model`: after the last statement of `__init__` that gives it a value, moves it, or builds its optimizer. */
function onObject(model: string, point: UpdatePoint, script: Script): Site | { reason: string } {
  const owner = enclosingClass(point.statement)!;
  const given = assignmentsTo(script.assignments, model, owner);
  const init = given[0] && enclosingFunction(given[0].node);
  if (!init || given.some(({ node }) => enclosingFunction(node)?.id !== init.id))
    return {
      reason: l10n.t('{0} is given its value in several places: it is not clear when to copy it', model),
    };
  const moves = script.calls.filter(
    ({ name, on, node }) => /^(to|cuda)$/.test(name) && on === model && isInside(node, init),
  );
  const build = buildOf(point, script);
  const built = build && isInside(build.call.node, init) ? [build.call.node] : [];
  const last = [...given.map(({ node }) => node), ...moves.map(({ node }) => node), ...built]
    .sort((a, b) => a.endIndex - b.endIndex)
    .at(-1)!;
  const wrapped = wrapOf(given, script);
  if (wrapped === 'unclear')
    return { reason: l10n.t('{0} is wrapped under a condition: copy it before that', model) };
  const anchor = statementAround(last);
  if (anchor.parent?.parent?.id !== init.id)
    return { reason: l10n.t('{0} is made under a condition: it is not clear when to copy it', model) };
  return {
    model,
    source: model + wrapped,
    anchor,
    place: 'after',
    end: anchor,
    inStep: model,
    through: null,
  };
}

/** A step in `def train(model, …)`: the copy is made where that is called, and handed over. */
function throughCall(
  inStep: string,
  fn: Node,
  point: UpdatePoint,
  script: Script,
): Site | { reason: string } {
  const name = fn.childForFieldName('name')?.text ?? '';
  const calls = callsOf(fn, script).filter((call) => functionCalled(call, script)?.id === fn.id);
  const [call] = calls;
  if (!call || calls.length > 1)
    return {
      reason: call
        ? l10n.t(
            '{0} is called in several places: make the average there, and update it after the step in line {1}',
            name,
            point.statement.startPosition.row + 1,
          )
        : l10n.t(
            '{0} is called from elsewhere: make the average there, and update it after the step in line {1}',
            name,
            point.statement.startPosition.row + 1,
          ),
    };
  const given = call.args().find(({ value }) => parameterFor(call, fn, value) === inStep)?.value;
  if (!given || !/^[A-Za-z_]\w*$/.test(given.text))
    return {
      reason: l10n.t(
        'which model {0} gets in line {1} is not visible here',
        name,
        call.node.startPosition.row + 1,
      ),
    };
  const binder = binderOf(given.text, given, script);
  if (binder && parameterNames(binder).includes(given.text))
    return {
      reason: l10n.t(
        '{0} gets its model through several functions: make the average where the model is made',
        name,
      ),
    };
  if (fn.childForFieldName('parameters')?.text.includes('*'))
    return { reason: l10n.t('{0} takes any arguments: hand it the average by hand', name) };
  return inScope(given.text, call.node, { fn, call }, inStep, script);
}

/** A model that the surrounding code makes: before the loop around the step, or before what wraps the model. */
function inScope(
  model: string,
  at: Node,
  through: Site['through'],
  inStep: string,
  script: Script,
): Site | { reason: string } {
  const scope = binderOf(model, at, script) ?? script.root;
  const fn = enclosingFunction(at);
  if (scope.type === 'module' && fn && through === null) return ofModule(model, fn, script);
  if (enclosingFunction(at)?.id !== (scope.type === 'module' ? undefined : scope.id))
    return {
      reason: l10n.t('{0} is made outside of the function that trains it: make the average beside it', model),
    };
  const given = assignmentsTo(script.assignments, model, scope).filter(
    (one) => one.node.startIndex < at.startIndex,
  );
  const wrapped = wrapOf(given, script);
  if (wrapped === 'unclear')
    return { reason: l10n.t('{0} is wrapped under a condition: copy it before that', model) };
  const loop = outermostLoop(at, scope);
  return {
    model,
    source: model + wrapped,
    anchor: loop,
    place: 'before',
    end: loop,
    inStep,
    through,
  };
}

/** A model that the whole file sees, trained in a function: after the last statement that makes it, or its optimizer. */
function ofModule(model: string, fn: Node, script: Script): Site | { reason: string } {
  const isGlobal = (node: Node): boolean => enclosingFunction(node) === null;
  const given = assignmentsTo(script.assignments, model).filter(({ node }) => isGlobal(node));
  const wrapped = wrapOf(given, script);
  if (given.length === 0 || enclosingClass(fn) || enclosingFunction(fn))
    return { reason: l10n.t('where {0} is made is not visible here', model) };
  if (wrapped === 'unclear')
    return { reason: l10n.t('{0} is wrapped under a condition: copy it before that', model) };
  const builds = script.optimizers.filter(
    ({ call, params }) => isGlobal(call.node) && params?.text === `${model}.parameters()`,
  );
  const moves = script.calls.filter(
    ({ name, on, node }) => /^(to|cuda)$/.test(name) && on === model && isGlobal(node),
  );
  const nodes = [...given, ...moves].map(({ node }) => node);
  const last = [...nodes, ...builds.map(({ call }) => call.node)]
    .sort((a, b) => a.endIndex - b.endIndex)
    .at(-1)!;
  const anchor = statementAround(last);
  if (anchor.parent?.type !== 'module')
    return { reason: l10n.t('{0} is made under a condition: it is not clear when to copy it', model) };
  const end = endOf(fn, script) ?? anchor;
  return { model, source: model + wrapped, anchor, place: 'after', end, inStep: model, through: null };
}

/** The loop, not in a function, that calls one that trains; null where that is called from several places. */
function endOf(fn: Node, script: Script): Node | null {
  const [call, ...more] = callsOf(fn, script).filter((one) => functionCalled(one, script)?.id === fn.id);
  return call && more.length === 0 && enclosingFunction(call.node) === null
    ? outermostLoop(call.node, script.root)
    : null;
}

/** The outermost loop around a node in its function, or its statement. */
export function outermostLoop(at: Node, scope: Node): Node {
  let found = statementAround(at);
  for (
    let loop = enclosing(at, 'for_statement', 'while_statement');
    loop && isInside(loop, scope);
    loop = enclosing(loop, 'for_statement', 'while_statement')
  )
    found = loop;
  return statementAround(found);
}

const wrappers: readonly (readonly [RegExp, string])[] = [
  [/(^|\.)(DistributedDataParallel|DDP|DataParallel)\(/, '.module'],
  [/^torch\.compile\(/, '._orig_mod'],
  [/\.setup(_module)?\(/, '.module'],
];

/** What to add to a model's name to get at what a wrapper holds; `unclear` where it is wrapped only sometimes, or twice. */
function wrapOf(given: readonly Assignment[], script: Script): string {
  const wraps = given.flatMap((one) => {
    const found = wrappers.find(([pattern]) => pattern.test(spelled(one.value)));
    return found ? [{ one, by: found[1] }] : [];
  });
  const [first] = wraps;
  if (!first) return '';
  const block = statementAround(first.one.node).parent;
  const home = given[0] && statementAround(given[0].node).parent;
  const conditional = block?.id !== home?.id;
  return wraps.length > 1 ||
    conditional ||
    within(
      script.classes.map((node) => ({ node })),
      first.one.node,
    ).length > 0
    ? 'unclear'
    : first.by;
}
