import type { Node } from '../parser';
import type { Call } from './call';
import { enclosingClass, parameterNames } from './nodes';
import { oncePer } from './once';
import type { Script } from './script';

const byName = oncePer(({ functions }: Script): ReadonlyMap<string, readonly Node[]> => {
  const found = new Map<string, Node[]>();
  for (const fn of functions) {
    const name = fn.childForFieldName('name')?.text ?? '';
    found.set(name, [...(found.get(name) ?? []), fn]);
  }
  return found;
});

/** The file's own function or method that a call calls, where there is just one of its name. */
export function functionCalled({ name, on }: Call, script: Script): Node | null {
  const found = byName(script).get(name) ?? [];
  if (found.length !== 1) return null;
  const isMethod = enclosingClass(found[0]!) !== null;
  const fits = isMethod ? on === 'self' : on === null;
  return fits ? found[0]! : null;
}

/** The parameter that takes an argument of a call; null where a splat makes that a guess. */
export function parameterFor(call: Call, fn: Node, argument: Node): string | null {
  const args = call.args();
  const at = args.findIndex(({ value }) => value.id === argument.id);
  const given = args[at];
  if (!given || args.slice(0, at).some(({ name }) => name === '*')) return null;
  if (given.name !== null) return parameterNames(fn).includes(given.name) ? given.name : null;
  const names = parameterNames(fn);
  return names[at + (names[0] === 'self' ? 1 : 0)] ?? null;
}
