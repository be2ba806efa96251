import * as l10n from '@vscode/l10n';
import { addFirst } from '../edit/arguments';
import { replaceNode } from '../edit/insert';
import { assignmentsTo } from '../model/assignments';
import { argument, type Call } from '../model/call';
import { parts, spelled, stringOf } from '../model/nodes';
import type { Script } from '../model/script';
import type { Node } from '../parser';
import { refuse, type Proposal } from '../proposal';
import { isOff } from './already';
import { MAX_NORM } from './bound';

/** The engine clips by a key of its config, which may be a dict of the script. Source: its default is 0.0, off. */
export function clipInDeepSpeed(script: Script): Proposal[] {
  return script.wrappers
    .filter(({ kind }) => kind === 'deepspeed')
    .map(({ call }) => clipInConfig(call, script));
}

function clipInConfig(call: Call, script: Script): Proposal {
  const dict = configDict(call, script);
  if (!dict) {
    const set = keyAnywhere(script);
    if (set) {
      const line = set.startPosition.row + 1;
      return refuse(call.node, l10n.t('gradients are clipped already: {0} in line {1}', set.text, line));
    }
    return refuse(
      call.node,
      l10n.t('this script trains with DeepSpeed: set "gradient_clipping": 1.0 in the DeepSpeed config'),
    );
  }
  const pair = parts(dict).find((one) => stringOf(one.childForFieldName('key')) === 'gradient_clipping');
  const value = pair?.childForFieldName('value');
  if (value && !isOff(value)) {
    const line = value.startPosition.row + 1;
    return refuse(call.node, l10n.t('gradients are clipped already: {0} in line {1}', pair!.text, line));
  }
  const key = `${script.text.quote}gradient_clipping${script.text.quote}`;
  return {
    anchor: call.node,
    outcome: {
      edits: value ? [replaceNode(value, MAX_NORM)] : addFirst(dict, `${key}: ${MAX_NORM}`, script.text),
      value: MAX_NORM,
      title: l10n.t(
        'Clip gradients to norm {0}: set `"gradient_clipping"` in the DeepSpeed config of this script',
        MAX_NORM,
      ),
    },
  };
}

/** The key in a dict of this file that reaches the engine by a function or a name of which there are several. */
function keyAnywhere(script: Script): Node | undefined {
  if (!/["']gradient_clipping["']/.test(script.text.source)) return undefined;
  return script.root.descendantsOfType('pair').find((pair) => {
    const value = pair.childForFieldName('value');
    return stringOf(pair.childForFieldName('key')) === 'gradient_clipping' && value !== null && !isOff(value);
  });
}

function configDict(call: Call, script: Script): Node | null {
  const given = (argument(call, 'config') ?? argument(call, 'config_params'))?.value;
  if (given?.type === 'dictionary') return given;
  if (given?.type !== 'identifier') return null;
  const found = assignmentsTo(script.assignments, spelled(given));
  return found.length === 1 && found[0]!.value.type === 'dictionary' ? found[0]!.value : null;
}
