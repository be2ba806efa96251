import { assignmentsTo } from './model/assignments';
import { argument, hasSplat, type Call } from './model/call';
import {
  bodyOf,
  enclosing,
  enclosingFunction,
  parameterNames,
  parts,
  spelled,
  stringOf,
} from './model/nodes';
import { oncePer } from './model/once';
import type { Script } from './model/script';
import type { Node } from './parser';

/** The number behind a name: a parameter's default, a setting of the module, an argparse default, a config field. */
export function definition(value: Node, script: Script): Node | null {
  const name = spelled(value).split('.').at(-1)!;
  if (value.type === 'identifier') {
    const fn = enclosingFunction(value);
    const parameter = parts(fn?.childForFieldName('parameters') ?? null).find(
      (one) => one.childForFieldName('name')?.text === name,
    );
    if (parameter) return called(fn!, name, script) ? null : parameter.childForFieldName('value');
    const found = assignmentsTo(script.assignments, name);
    return found.length === 1 && found[0]!.scope === null ? found[0]!.value : null;
  }
  if (value.type !== 'attribute') return null;
  const option = script.calls.find((call) => {
    const flag = stringOf(call.args()[0]?.value)?.replace(/^-+/, '').replace(/-/g, '_');
    return call.name === 'add_argument' && flag === name;
  });
  if (option) return argument(option, 'default')?.value ?? null;
  const fields = script.classes
    .flatMap(bodyOf)
    .map((statement) => statement.namedChildren[0])
    .filter((one) => one?.type === 'assignment' && one.childForFieldName('left')?.text === name);
  return fields.length === 1 ? (fields[0]!.childForFieldName('right') ?? null) : null;
}

/** Whether some call in the file gives the parameter a value of its own, so that the default says nothing. */
function called(fn: Node, name: string, script: Script): boolean {
  const names = parameterNames(fn);
  const isMethod = /^(self|cls)$/.test(names[0] ?? '');
  const at = names.indexOf(name) - (isMethod ? 1 : 0);
  const own = fn.childForFieldName('name')?.text ?? '';
  const made =
    own === '__init__' ? (enclosing(fn, 'class_definition')?.childForFieldName('name')?.text ?? '') : own;
  const { byName, keywords } = ownCalls(script);
  if (keywords.has(name)) return true;
  return (byName.get(made) ?? []).some((call) => hasSplat(call) || call.args()[at]?.name === null);
}

/** The calls of the file's own functions and classes, by name, and the keywords that any of them is given. */
const ownCalls = oncePer(({ calls, classes, functions }: Script) => {
  const own = new Set([...classes, ...functions].map((one) => one.childForFieldName('name')?.text));
  const byName = new Map<string, Call[]>();
  for (const call of calls) {
    if (!own.has(call.name) || call.path.startsWith('torch.')) continue;
    const same = byName.get(call.name);
    if (same) same.push(call);
    else byName.set(call.name, [call]);
  }
  const keywords = new Set(
    [...byName.values()].flat().flatMap((call) => call.args().map(({ name }) => name)),
  );
  return { byName, keywords };
});
