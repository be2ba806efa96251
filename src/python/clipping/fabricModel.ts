import { assignmentsTo, isRewrap } from '../model/assignments';
import { enclosingFunction, isInside, parameterNames, spelled } from '../model/nodes';
import { callsIn, type Script } from '../model/script';
import type { UpdatePoint } from '../model/updatePoints';

/** `model, optimizer = fabric.setup(model, optimizer)` says which belong together. */
export function fabricModel({ optimizer, statement }: UpdatePoint, { assignments }: Script): string | null {
  const name = spelled(optimizer);
  const setup = assignments.filter(({ value }) => /\.setup\(/.test(spelled(value)));
  const pair = setup.find(({ target, scope }) => target === name && (!scope || isInside(statement, scope)));
  if (!pair) return null;
  const [first] = setup.filter(({ node }) => node.id === pair.node.id);
  const fn = enclosingFunction(statement);
  const hidden = fn !== null && fn.id !== pair.scope?.id && parameterNames(fn).includes(first!.target);
  return first && first.target !== name && !hidden ? first.target : null;
}

/** `model = state["model"]`: the one network that the loop of the step calls, where it handles no other optimizer. */
export function calledBetween({ statement, scope, optimizer }: UpdatePoint, script: Script): string | null {
  const points = script.updatePoints.filter((one) => isInside(one.statement, scope));
  if (points.some((one) => spelled(one.optimizer) !== spelled(optimizer))) return null;
  const called = callsIn(script, scope)
    .filter(
      ({ on, name, node }) => on === null && networkName.test(name) && node.startIndex < statement.startIndex,
    )
    .map(({ name }) => name);
  const [only] = new Set(called);
  const values = assignmentsTo(script.assignments, only ?? '', scope).filter((one) => !isRewrap(one));
  return only !== undefined && new Set(called).size === 1 && values.length <= 1 ? only : null;
}

const networkName = /^(model|net|network|module)$/;
