import type { Node } from './parser';
import { enclosingClass, enclosingFunction, parameterNames, spelled } from './names';
import type { UpdatePoint } from './updatePoint';

/**
 * The expression for the parameters that the optimizer is about to change.
 *
 * `model.parameters()` where the optimizer was visibly built from just that and the name still means the same;
 * otherwise the optimizer's own groups, which are always right: each of its parameters, once.
 * @param quote the file's quote character
 */
export function parametersOf(point: UpdatePoint, root: Node, quote: string): string {
  return (
    builtFrom(point, root) ??
    calledModel(point) ??
    `[p for g in ${point.optimizer.text}.param_groups for p in g[${quote}params${quote}]]`
  );
}

/** `model.parameters()` when the only assignment of the optimizer in sight was built from exactly that. */
function builtFrom(point: UpdatePoint, root: Node): string | null {
  const build = onlyAssignment(point, root);
  if (!build) return null;
  const expression = paramsArgument(build.childForFieldName('right')!);
  const model = expression && modelOfParametersCall(expression);
  if (!model) return null;
  // The same words must mean the same module where the step is.
  const name = spelled(model).split('.')[0]!;
  if (name === 'self') return sameClass(build, point.statement) ? `${model.text}.parameters()` : null;
  const buildScope = enclosingFunction(build);
  for (
    let fn = enclosingFunction(point.statement);
    fn && fn.id !== buildScope?.id;
    fn = enclosingFunction(fn)
  ) {
    if (parameterNames(fn).includes(name) || assignments(fn, name).length > 0) return null;
  }
  const visible = buildScope === null || isInside(point.statement, buildScope);
  return visible && assignmentsAfter(build, name, buildScope ?? root) === 0
    ? `${model.text}.parameters()`
    : null;
}

/** In `def train(model, loader, optimizer)` the parameter that is called in the forward. */
function calledModel({ optimizer, scope }: UpdatePoint): string | null {
  if (scope.type !== 'function_definition' || optimizer.type !== 'identifier') return null;
  const parameters = parameterNames(scope);
  if (!parameters.includes(optimizer.text) || assignments(scope, optimizer.text).length > 0) return null;
  // With two optimizers at hand it is anybody's guess which one owns the model.
  if (parameters.filter((name) => /opt/i.test(name)).length > 1) return null;
  const called = new Set(
    scope
      .descendantsOfType('call')
      .map((call) => call.childForFieldName('function'))
      .filter((fn): fn is Node => fn?.type === 'identifier' && parameters.includes(fn.text))
      .map((fn) => fn.text)
      .filter((name) => !/loss|crit|metric|log|print|fn$|func|sched/i.test(name)),
  );
  const [model] = called;
  // A second module at hand (a teacher, a frozen critic) may be the one that the optimizer does not own.
  const sure = called.size === 1 && /^(model|net|network|module|policy)$/i.test(model!);
  return sure && assignments(scope, model!).length === 0 ? `${model}.parameters()` : null;
}

/** The one assignment that gives the optimizer its value where the step stands; null if there are more or none. */
function onlyAssignment({ optimizer, statement }: UpdatePoint, root: Node): Node | null {
  const name = spelled(optimizer);
  if (optimizer.type === 'attribute') {
    const owner = enclosingClass(statement);
    const found = owner ? assignments(owner, name) : [];
    return found.length === 1 ? found[0]! : null;
  }
  for (let fn = enclosingFunction(statement); fn; fn = enclosingFunction(fn)) {
    const found = assignments(fn, name);
    if (found.length > 0) return found.length === 1 ? found[0]! : null;
    if (parameterNames(fn).includes(name)) return null;
  }
  const found = assignments(root, name).filter((node) => enclosingFunction(node) === null);
  return found.length === 1 ? found[0]! : null;
}

function assignments(scope: Node, name: string): Node[] {
  return scope.descendantsOfType('assignment').filter((node) => {
    const left = node.childForFieldName('left');
    return left !== null && node.childForFieldName('right') !== null && targetsOf(left).includes(name);
  });
}

function targetsOf(left: Node): string[] {
  if (left.type === 'pattern_list' || left.type === 'tuple_pattern') {
    return left.namedChildren.flatMap((item) => (item ? [spelled(item)] : []));
  }
  return [spelled(left)];
}

/** How often a name is given another value after the optimizer was built from it. */
function assignmentsAfter(build: Node, name: string, scope: Node): number {
  return assignments(scope, name).filter((node) => node.startIndex > build.endIndex).length;
}

/** The first positional argument or `params=` of the call that builds the optimizer. */
function paramsArgument(value: Node): Node | null {
  if (value.type !== 'call') return null;
  const args = (value.childForFieldName('arguments')?.namedChildren ?? []).filter(
    (n): n is Node => n !== null,
  );
  const keyword = args.find(
    (arg) => arg.type === 'keyword_argument' && arg.childForFieldName('name')?.text === 'params',
  );
  if (keyword) return keyword.childForFieldName('value');
  const [first] = args.filter((arg) => arg.type !== 'comment');
  return first && first.type !== 'keyword_argument' ? first : null;
}

/** `M` of `M.parameters()`, where M is a name or a chain of attributes. */
function modelOfParametersCall(node: Node): Node | null {
  if (node.type !== 'call' || (node.childForFieldName('arguments')?.namedChildCount ?? 1) > 0) return null;
  const callee = node.childForFieldName('function');
  if (callee?.type !== 'attribute' || callee.childForFieldName('attribute')?.text !== 'parameters')
    return null;
  const model = callee.childForFieldName('object');
  return model && /^[A-Za-z_][\w.]*$/.test(model.text) ? model : null;
}

function sameClass(a: Node, b: Node): boolean {
  const owner = enclosingClass(a);
  return owner !== null && owner.id === enclosingClass(b)?.id;
}

function isInside(node: Node, ancestor: Node): boolean {
  return node.startIndex >= ancestor.startIndex && node.endIndex <= ancestor.endIndex;
}
