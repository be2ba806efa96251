import { assignmentsTo, isRewrap, type Assignment } from '../model/assignments';
import { enclosingClass, enclosingFunction, isInside, parameterNames, spelled } from '../model/nodes';
import { addedGroups } from '../model/groups';
import { modelOfParameters, readOptimizer, type Optimizer } from '../model/optimizers';
import { readCall } from '../model/call';
import { callsIn, type Script } from '../model/script';
import type { UpdatePoint } from '../model/updatePoints';
import type { Node } from '../parser';

/**
 * The expression for the parameters that the optimizer is about to change.
 *
 * `model.parameters()` where the optimizer was visibly built from just that and the name still means the same;
 * otherwise the optimizer's own groups, which are always right: each of its parameters, once.
 */
export function parametersOf(point: UpdatePoint, script: Script): string {
  const model = modelOf(point, script);
  return model !== null ? `${model}.parameters()` : groupsOf(point.optimizer, script);
}

/** All that an optimizer changes, each parameter once. */
export function groupsOf(optimizer: Node, { text: { quote } }: Script): string {
  return `[p for g in ${optimizer.text}.param_groups for p in g[${quote}params${quote}]]`;
}

/** The one model that the optimizer of an update point changes, as the step can name it; null where that is unclear. */
export function modelOf(point: UpdatePoint, script: Script): string | null {
  if (addedGroups(spelled(point.optimizer), script).length > 0) return null;
  return builtFrom(point, script) ?? calledModel(point, script);
}

/** The call that builds the optimizer of an update point, where there is just one in sight. */
export function buildOf(point: UpdatePoint, script: Script): Optimizer | null {
  const build = onlyAssignment(point, script);
  const call = build?.value.type === 'call' ? readCall(build.value, script.imports) : null;
  return call ? readOptimizer(call) : null;
}

/** The model when the only assignment of the optimizer in sight was built from exactly its parameters. */
function builtFrom(point: UpdatePoint, script: Script): string | null {
  const build = onlyAssignment(point, script);
  const call = build?.value.type === 'call' ? readCall(build.value, script.imports) : null;
  if (!build || !call) return null;
  const [first] = call.args();
  const given =
    call.args().find(({ name }) => name === 'params') ?? (first?.name === null ? first : undefined);
  const model = modelOfParameters(given?.value ?? null);
  if (!model) return null;
  // The same words must mean the same module where the step is.
  const name = spelled(model).split('.')[0]!;
  const same = enclosingClass(build.node);
  if (name === 'self') return same && same.id === enclosingClass(point.statement)?.id ? model.text : null;
  for (
    let fn = enclosingFunction(point.statement);
    fn && fn.id !== build.scope?.id;
    fn = enclosingFunction(fn)
  ) {
    if (parameterNames(fn).includes(name) || assignmentsTo(script.assignments, name, fn).length > 0)
      return null;
  }
  const visible = build.scope === null || isInside(point.statement, build.scope);
  const later = assignmentsTo(script.assignments, name, build.scope ?? script.root).filter(
    (one) => one.node.startIndex > build.node.endIndex && !isRewrap(one) && !switches(one),
  );
  return visible && later.length === 0 ? model.text : null;
}

/** `net = net.eval()`: the same module, in another mode. */
function switches({ value, target }: Assignment): boolean {
  return spelled(value) === `${target}.eval()`;
}

/** In `def train(model, loader, optimizer)` the parameter that is called in the forward. */
function calledModel({ optimizer, scope }: UpdatePoint, script: Script): string | null {
  if (scope.type !== 'function_definition' || optimizer.type !== 'identifier') return null;
  const parameters = parameterNames(scope);
  const changed = (name: string): boolean =>
    assignmentsTo(script.assignments, name, scope).some((one) => !isRewrap(one));
  if (!parameters.includes(optimizer.text) || changed(optimizer.text)) return null;
  // With two optimizers at hand it is anybody's guess which one owns the model.
  const owners = parameters.filter((name) => /opt/i.test(name));
  // Options that are called `opt` are none beside what is called an optimizer.
  const options = owners.some((name) => /optim/i.test(name)) ? /^(opts?|options?)$/ : /^options$/;
  if (owners.filter((name) => !options.test(name)).length > 1) return null;
  const called = new Set(
    callsIn(script, scope)
      .filter(({ on, name }) => on === null && parameters.includes(name))
      .map(({ name }) => name)
      .filter((name) => !/loss|crit|metric|log|print|fn$|func|sched/i.test(name)),
  );
  const [model] = called;
  // A second module at hand (a teacher, a frozen critic) may be the one that the optimizer does not own.
  const sure = called.size === 1 && /^(model|net|network|module|policy)$/i.test(model!);
  return sure && !changed(model!) ? model! : null;
}

/** The one assignment that gives the optimizer its value where the step stands; null if there are more or none. */
function onlyAssignment({ optimizer, statement }: UpdatePoint, script: Script): Assignment | null {
  const name = spelled(optimizer);
  const single = (found: readonly Assignment[]): Assignment | null => {
    // `optimizer = accelerator.prepare(optimizer)` is the same optimizer still.
    const real = found.filter((one) => !isRewrap(one));
    return real.length === 1 ? real[0]! : null;
  };
  if (optimizer.type === 'attribute') {
    const owner = enclosingClass(statement);
    return owner ? single(assignmentsTo(script.assignments, name, owner)) : null;
  }
  for (let fn = enclosingFunction(statement); fn; fn = enclosingFunction(fn)) {
    const found = assignmentsTo(script.assignments, name, fn);
    if (found.length > 0) return single(found);
    if (parameterNames(fn).includes(name)) return null;
  }
  return single(assignmentsTo(script.assignments, name).filter(({ scope }) => scope === null));
}
