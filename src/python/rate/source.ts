import { definition } from '../definition';
import { assignmentsTo } from '../model/assignments';
import { argument } from '../model/call';
import { enclosingClass, enclosingFunction, numberOf, spelled, stringOf } from '../model/nodes';
import type { Script } from '../model/script';
import type { Node } from '../parser';

/** Where the number behind an expression is written, or where it comes from instead. */
export type Source = { number: Node } | { flag: string; preset: string | null } | { unknown: string };

/** Follows names, parameters, settings and options of the command line to the number that they stand for. */
export function sourceOf(value: Node, script: Script): Source {
  if (numberOf(value) !== null) return { number: value };
  const option = optionFor(value, script);
  if (option) return option;
  const local = localValue(value, script);
  if (local) return numberOf(local) === null ? { unknown: value.text } : { number: local };
  const found = definition(value, script);
  return found && numberOf(found) !== null ? { number: found } : { unknown: value.text };
}

/** `args.lr` is an option of the command line: its default may be overruled by any call. */
function optionFor(value: Node, script: Script): Source | null {
  if (value.type !== 'attribute' || /^self\./.test(value.text)) return null;
  const name = value.text.split('.').at(-1)!;
  for (const call of script.calls) {
    if (call.name !== 'add_argument') continue;
    const flags = call.args().flatMap((one) => (one.name === null ? (stringOf(one.value) ?? []) : []));
    const destination = stringOf(argument(call, 'dest')?.value);
    const flag = flags.find((one) => one.startsWith('--')) ?? flags[0];
    if (flag === undefined) continue;
    if ((destination ?? flag.replace(/^-+/, '').replace(/-/g, '_')) !== name) continue;
    return { flag, preset: argument(call, 'default')?.value.text ?? null };
  }
  return null;
}

/** The one value that a name of the same function, or a setting of the same object, is given. */
function localValue(value: Node, script: Script): Node | null {
  const name = spelled(value);
  const scope = name.startsWith('self.') ? enclosingClass(value) : enclosingFunction(value);
  if (!scope) return null;
  const given = assignmentsTo(script.assignments, name, scope);
  if (given.length !== 1) return null;
  const [one] = given;
  if (one!.value.type === 'identifier' && name.startsWith('self.')) return definition(one!.value, script);
  return one!.value;
}
