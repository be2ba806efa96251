import { assignmentsTo } from '../model/assignments';
import { readCall, type Call } from '../model/call';
import { bodyOf, enclosingClass, enclosingFunction, parameterNames, parts, spelled } from '../model/nodes';
import { oncePer } from '../model/once';
import { modelOfParameters, readOptimizer } from '../model/optimizers';
import type { Script } from '../model/script';
import type { UpdatePoint } from '../model/updatePoints';
import type { Node } from '../parser';

/** Calls that take an optimizer and give back one with the same groups. */
const keepsGroups =
  /(^|\.)(prepare\w*|setup\w*|initialize|boost|make_private\w*|wrap_optimizer|Distributed\w*|ZeroRedundancy\w*|Lookahead|to|copy|deepcopy|auto_optim)$/;

/** The class that an optimizer at an update point may be of, where that has no parameter groups to ask for. */
export function wrapperOf({ optimizer }: UpdatePoint, script: Script): string | null {
  const name = spelled(optimizer);
  if (script.text.source.includes(`${name}.param_groups`)) return null;
  const values = assignmentsTo(script.assignments, name).map(({ value }) => value);
  const calls = values.flatMap((value) => {
    const call = value.type === 'call' ? readCall(value, script.imports) : null;
    return call ? [call] : [];
  });
  const wrapping = calls.find((call) => wraps(call, script));
  if (wrapping) return wrapping.name;
  const known =
    calls.length > 0 && calls.length === values.length && calls.every((call) => readOptimizer(call));
  return known ? null : ownWrapper(script);
}

/** `ScheduledOptim(Adam(…), 512)`: a class or function of someone's own around an optimizer. */
function wraps(call: Call, script: Script): boolean {
  if (readOptimizer(call) || keepsGroups.test(call.callee.text) || /^(torch|apex)\./.test(call.path))
    return false;
  return call.args().some(({ value }) => {
    const inner = value.type === 'call' ? readCall(value, script.imports) : null;
    if (inner) return readOptimizer(inner) !== null;
    return script.optimizers.some(({ target }) => target && spelled(target) === spelled(value));
  });
}

/** A class of the file that is made with an optimizer, has a step of its own, and no parameter groups. */
const ownWrapper = oncePer(({ classes }: Script): string | null => {
  const found = classes.find((node) => {
    const methods = bodyOf(node).filter(({ type }) => type === 'function_definition');
    const method = (name: string): Node | undefined =>
      methods.find((one) => one.childForFieldName('name')?.text === name);
    const [init, step] = [method('__init__'), method('step')];
    const bases = parts(node.childForFieldName('superclasses')).map(({ text }) => text);
    if (!init || !step || bases.some((base) => /Optim/.test(base))) return false;
    const takes = parameterNames(init).some((name) => /opt/i.test(name));
    const steps = /opt\w*\.step\(/i.test(step.text) && !/\bbackward\(/.test(step.text);
    return takes && steps && !/self\.param_groups|def (param_groups|__getattr__)\b/.test(node.text);
  });
  return found?.childForFieldName('name')?.text ?? null;
});

/**
 * The model whose parameters the wrapped optimizer was built from, `Scheduled(Adam(net.parameters()))` or
 * `Scheduled(self.adam)`, where the step can name it.
 */
export function wrappedModel({ optimizer, statement }: UpdatePoint, script: Script): string | null {
  const values = assignmentsTo(script.assignments, spelled(optimizer));
  const [only] = values;
  const call =
    values.length === 1 && only!.value.type === 'call' ? readCall(only!.value, script.imports) : null;
  if (!only || !call) return null;
  const models = call.args().flatMap(({ value }) => {
    const inner = value.type === 'call' ? readCall(value, script.imports) : null;
    const build =
      (inner && readOptimizer(inner)) ??
      script.optimizers.find(({ target }) => target !== null && spelled(target) === spelled(value));
    const model = build ? modelOfParameters(build.params) : null;
    return model ? [spelled(model)] : [];
  });
  const [model] = models;
  if (model === undefined || models.length > 1) return null;
  if (model.startsWith('self.'))
    return enclosingClass(only.node)?.id === enclosingClass(statement)?.id ? model : null;
  // The name means the same only where both stand in one function, or where all is at the top.
  return enclosingFunction(only.node)?.id === enclosingFunction(statement)?.id ? model : null;
}
