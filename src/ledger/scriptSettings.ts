import type { Call } from '../python/model/call';
import { enclosing, numberOf, stringOf } from '../python/model/nodes';
import { isOptimizer } from '../python/model/optimizers';
import type { Script } from '../python/model/script';
import { withScript } from '../python/open';
import type { Node } from '../python/parser';
import { SettingsBuilder, type Settings } from './settings';
import { techniqueOf } from './techniqueOf';

/** A longer script is no script of a person. */
const LONGEST = 1 << 20;
/** Calls whose arguments set up no training; `drop` is that of tables, or a layer in use. */
const BESIDE =
  /^(print|open|info|debug|warning|error|format|join|split|get|log|tqdm|range|save|savefig|plot|drop)$/;

/**
 * What a training script sets, as far as it is written out: values that names are given, arguments of calls, defaults of
 * the command line, the optimizer, and which techniques it calls. Computed values are left out.
 */
export async function scriptSettings(text: string): Promise<Settings> {
  if (text.length > LONGEST) return {};
  return withScript(text, (script) => read(script));
}

function read({ assignments, calls }: Script): Settings {
  const settings = new SettingsBuilder();
  for (const { target, value, node } of assignments) {
    const written = literal(value);
    // What a loop counts with is set anew all the time.
    if (written !== null && /^[\w.]+$/.test(target) && !enclosing(node, 'for_statement', 'while_statement'))
      settings.add(target.replace(/^self\./, ''), written);
  }
  for (const call of calls) {
    if (isOptimizer(call)) settings.add('optimizer', call.name);
    if (call.name === 'add_argument') argument(call, settings);
    else if (!BESIDE.test(call.name)) readCall(call, settings);
  }
  return settings.build();
}

/** `parser.add_argument('--lr', type=float, default=1e-3)` */
function argument(call: Call, settings: SettingsBuilder): void {
  const args = call.args();
  const name = args.map(({ value }) => stringOf(value)).find((word) => word?.startsWith('--'));
  const standard = args.find((one) => one.name === 'default');
  const written = standard && literal(standard.value);
  if (name && written !== null && written !== undefined) settings.add(name, written);
}

function readCall(call: Call, settings: SettingsBuilder): void {
  let said = false;
  const about = techniqueOf(call.name) !== null;
  for (const { name, value } of call.args()) {
    const written = literal(value);
    if (written === null || (name === null && !about)) continue;
    said = true;
    settings.add(name === null ? call.name : `${call.name} ${name}`, written);
  }
  if (about && !said) settings.add(call.name, 'on');
}

function literal(node: Node): string | null {
  const number = numberOf(node);
  if (number !== null) return String(number);
  if (node.type === 'true' || node.type === 'false' || node.type === 'none') return node.text;
  return stringOf(node);
}
