import * as l10n from '@vscode/l10n';
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
  if (value !== null && value < 0)
    return no(l10n.t('weight_decay is negative in line {0}: look there first', line));
  // A name that stands for zero, or for too little: its number is where the decay is switched on.
  const behind = given && value === null ? definition(given.value, script) : null;
  const groups = groupsOf(optimizer, script);
  if (groups === 'set')
    return no(l10n.t('the parameter groups of the optimizer in line {0} set weight decay already', line));
  if (groups === 'other' && given && value !== 0)
    return no(
      l10n.t('the optimizer in line {0} decays all its groups by {1} already', line, given.value.text),
    );
  if (groups === 'other')
    return no(
      l10n.t(
        'the optimizer in line {0} has groups of its own: set weight_decay in each that should decay',
        line,
      ),
    );
  if (!given && hasSplat(call))
    return no(
      l10n.t('the optimizer in line {0} gets more arguments from elsewhere: set weight_decay there', line),
    );
  if (className === 'SGD')
    return decaySgd(optimizer, given, numberOf(behind) === 0 ? behind : null, value, script);
  const sibling = Object.hasOwn(decoupled, className) ? decoupled[className] : undefined;
  const flag = argument(call, 'decoupled_weight_decay');
  const isDecoupled = decoupledClass.test(className) || flag?.value.text === 'True';
  if (!sibling && !isDecoupled)
    return no(l10n.t('{0} in line {1} has no decoupled weight decay', className, line));
  const rename = isDecoupled ? [] : callSibling(call, sibling!, script);
  if (!rename) return no(l10n.t('where {0} in line {1} comes from is not visible here', className, line));
  const on = isOn(given, value ?? numberOf(behind), isDecoupled, className);
  const decay = usualDecay(script);
  // Adapters are matrices: what the split would leave out of the decay is frozen.
  const split =
    on !== 'no' && trainsAdapters(script)
      ? null
      : splitGroups(optimizer, given || on === 'default' ? null : decay, script);
  if (on === 'yes' && isDecoupled && !split)
    return no(l10n.t('{0} decays the weights already in line {1}', className, line));
  if (on === 'default' && !split)
    return no(l10n.t('{0} decays the weights by 0.01 already in line {1}', className, line));
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
      many: (count) => l10n.t('Decouple weight decay in {0} optimizers', count),
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
  if (!sibling && on !== 'no')
    return l10n.t('Keep biases and norm parameters out of the weight decay of `{0}`', className);
  const title = sibling
    ? l10n.t('Use `{0}` with weight decay {1} instead of `{2}`', sibling, value, className)
    : l10n.t('Set weight decay {0} in `{1}`', value, className);
  return split ? l10n.t('{0}, none on biases and norm parameters', title) : title;
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
    return refuse(
      call.node,
      l10n.t('SGD decays the weights by {0} already in line {1}', given.value.text, line),
    );
  }
  const edits = given
    ? [zero ? replaceNode(zero, SGD_DECAY) : setArgument(given, SGD_DECAY)]
    : addArgument(call, `weight_decay=${SGD_DECAY}`, script.text);
  return {
    anchor: call.node,
    outcome: {
      edits,
      value: SGD_DECAY,
      title: l10n.t('Set `weight_decay={0}` in `SGD`', SGD_DECAY),
      many: (count) => l10n.t('Set `weight_decay={0}` in {1} SGD optimizers', SGD_DECAY, count),
      notes: decayNotes(false, script),
    },
  };
}
