import { modelOf } from '../clipping/parameters';
import type { Node } from '../parser';
import { assignmentsTo } from './assignments';
import { enclosingClass, enclosingFunction, isInside, parameterNames, spelled } from './nodes';
import { callsIn, type Script } from './script';
import type { UpdatePoint } from './updatePoints';

const modelName = /^(self\.)?(\w+_)?(model|net|network|classifier|module)(_\w+)?$/i;
const otherModel = /teacher|ema|target|ref(erence)?_|frozen|pretrained|old|best|avg|swa/i;

/** The model that an update point trains, as the step can name it: by its optimizer, or as the object's own model. */
export function modelAt(point: UpdatePoint, script: Script): string | null {
  return modelOf(point, script) ?? ownModel(point.statement, script);
}

/** The one model that code within a node switches, calls or hands over; null where there are several or none. */
export function modelIn(loop: Node, script: Script): string | null {
  const point = script.updatePoints.find(({ statement }) => isInside(statement, loop));
  const trained = point && modelAt(point, script);
  if (trained) return trained;
  const names = new Set<string>();
  const add = (name: string): void => {
    if (modelName.test(name) && !otherModel.test(name)) names.add(name);
  };
  for (const call of callsIn(script, loop)) {
    if (call.on !== null && /^(train|eval|state_dict|parameters)$/.test(call.name)) add(call.on);
    if (call.on === null) add(call.name);
    for (const { value } of call.args()) if (/^(identifier|attribute)$/.test(value.type)) add(spelled(value));
  }
  const [only] = names;
  if (names.size === 1) return only!;
  return names.size === 0 ? ownModel(loop, script) : null;
}

/** `self.model`, where the class gives it a value. */
function ownModel(at: Node, { assignments }: Script): string | null {
  const owner = enclosingClass(at);
  const fn = enclosingFunction(at);
  if (!owner || !fn || parameterNames(fn)[0] !== 'self') return null;
  const found = ['self.model', 'self.net', 'self.network'].filter(
    (name) => assignmentsTo(assignments, name, owner).length > 0,
  );
  return found.length === 1 ? found[0]! : null;
}
