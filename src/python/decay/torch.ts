import type { TextEdit } from '../../remedies/textEdit';
import { addArgument, setArgument } from '../edit/arguments';
import { replaceNode } from '../edit/insert';
import { callSibling } from '../edit/rename';
import { definition } from '../definition';
import type { Node } from '../parser';
import { argument, hasSplat, type Argument } from '../model/call';
import { numberOf } from '../model/nodes';
import type { Optimizer } from '../model/optimizers';
import type { Script } from '../model/script';
import { refuse, type Proposal } from '../proposal';
import { groupsOf, splitGroups } from './groups';
import { decayNotes, trainsAdapters } from './notes';
import { unsuitable } from './unsuitable';
import { SGD_DECAY, TOO_LITTLE, usualDecay } from './values';

/** Classes with the penalty in the gradient, and what decouples it. */
const decoupled: Readonly<Record<string, string>> = {
  Adam: 'AdamW',
  Adam8bit: 'AdamW8bit',
  PagedAdam: 'PagedAdamW',
  PagedAdam8bit: 'PagedAdamW8bit',
};

/** Classes that decouple by themselves, and decay by default or not. */
const decoupledClass =
  /^(AdamW\w*|PagedAdamW\w*|Lion\w*|FusedAdam|FusedLAMB|DeepSpeedCPUAdam|LAMB|Lamb|AdamWScheduleFree)$/;
const decaysByDefault = /^(AdamW|AdamW8bit|PagedAdamW\w*)$/;

/** Weight decay for one PyTorch optimizer: the class, the value, and groups without biases and norm parameters. */
export function decayTorch(optimizer: Optimizer, script: Script): Proposal {
  const { call, className } = optimizer;
  const no = (reason: string): Proposal => refuse(call.node, reason);
  const reason = unsuitable(optimizer, script);
  if (reason) return no(reason);
  // Every class here takes it as the fifth, where it is not named.
  const given = argument(call, 'weight_decay', 4);
  const value = numberOf(given?.value);
  const line = call.node.startPosition.row + 1;
  if (value !== null && value < 0) return no(`weight_decay is negative in line ${line}: look there first`);
  // A name that stands for zero, or for too little: its number is where the decay is switched on.
  const behind = given && value === null ? definition(given.value, script) : null;
  const groups = groupsOf(optimizer, script);
  if (groups === 'set')
    return no(`the parameter groups of the optimizer in line ${line} set weight decay already`);
  if (groups === 'other' && given && value !== 0)
    return no(`the optimizer in line ${line} decays all its groups by ${given.value.text} already`);
  if (groups === 'other')
    return no(
      `the optimizer in line ${line} has groups of its own: set weight_decay in each that should decay`,
    );
  if (!given && hasSplat(call))
    return no(`the optimizer in line ${line} gets more arguments from elsewhere: set weight_decay there`);
  if (className === 'SGD')
    return decaySgd(optimizer, given, numberOf(behind) === 0 ? behind : null, value, script);
  const sibling = Object.hasOwn(decoupled, className) ? decoupled[className] : undefined;
  const flag = argument(call, 'decoupled_weight_decay');
  const isDecoupled = decoupledClass.test(className) || flag?.value.text === 'True';
  if (!sibling && !isDecoupled) return no(`${className} in line ${line} has no decoupled weight decay`);
  const rename = isDecoupled ? [] : callSibling(call, sibling!, script);
  if (!rename) return no(`where ${className} in line ${line} comes from is not visible here`);
  const on = isOn(given, value ?? numberOf(behind), isDecoupled, className);
  const decay = usualDecay(script);
  // Adapters are matrices: what the split would leave out of the decay is frozen.
  const split =
    on !== 'no' && trainsAdapters(script)
      ? null
      : splitGroups(optimizer, given || on === 'default' ? null : decay, script);
  if (on === 'yes' && isDecoupled && !split)
    return no(`${className} decays the weights already in line ${line}`);
  if (on === 'default' && !split)
    return no(`${className} decays the weights by 0.01 already in line ${line}`);
  const edits: TextEdit[] = [...rename, ...(split?.edits ?? [])];
  if (on === 'no' && given) edits.push(behind ? replaceNode(behind, decay) : setArgument(given, decay));
  if (on === 'no' && !given && !split) edits.push(...addArgument(call, `weight_decay=${decay}`, script.text));
  return {
    anchor: call.node,
    outcome: {
      edits,
      ...(on === 'no' ? { value: decay } : {}),
      title: titleOf({
        sibling: isDecoupled ? null : sibling!,
        className,
        on,
        decay,
        given,
        split: split !== null,
      }),
      many: (count) => `Decouple weight decay in ${count} optimizers`,
      notes: decayNotes(split !== null, script),
    },
  };
}

function isOn(
  given: Argument | undefined,
  value: number | null,
  isDecoupled: boolean,
  className: string,
): 'yes' | 'no' | 'default' {
  if (!given) return decaysByDefault.test(className) ? 'default' : 'no';
  // What a name or a setting holds is the user's own choice.
  if (value === null) return 'yes';
  return value === 0 || (!isDecoupled && value < TOO_LITTLE) ? 'no' : 'yes';
}

interface Words {
  sibling: string | null;
  className: string;
  on: 'yes' | 'no' | 'default';
  decay: string;
  given: Argument | undefined;
  split: boolean;
}

function titleOf({ sibling, className, on, decay, given, split }: Words): string {
  const value = on === 'no' ? decay : (given?.value.text ?? '0.01');
  const but = split ? ', none on biases and norm parameters' : '';
  if (sibling) return `Use \`${sibling}\` with weight decay ${value} instead of \`${className}\`${but}`;
  if (on === 'no') return `Set weight decay ${value} in \`${className}\`${but}`;
  return `Keep biases and norm parameters out of the weight decay of \`${className}\``;
}

/** The penalty of SGD is coupled by nature, and right so. */
function decaySgd(
  { call }: Optimizer,
  given: Argument | undefined,
  zero: Node | null,
  value: number | null,
  script: Script,
): Proposal {
  if (given && value !== 0 && !zero) {
    const line = call.node.startPosition.row + 1;
    return refuse(call.node, `SGD decays the weights by ${given.value.text} already in line ${line}`);
  }
  const edits = given
    ? [zero ? replaceNode(zero, SGD_DECAY) : setArgument(given, SGD_DECAY)]
    : addArgument(call, `weight_decay=${SGD_DECAY}`, script.text);
  return {
    anchor: call.node,
    outcome: {
      edits,
      value: SGD_DECAY,
      title: `Set \`weight_decay=${SGD_DECAY}\` in \`SGD\``,
      many: (count) => `Set \`weight_decay=${SGD_DECAY}\` in ${count} SGD optimizers`,
      notes: decayNotes(false, script),
    },
  };
}
