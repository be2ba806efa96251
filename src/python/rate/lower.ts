import { changeNumber, wasChanged } from '../edit/changed';
import type { Argument, Call } from '../model/call';
import { numberOf } from '../model/nodes';
import type { Script } from '../model/script';
import type { Node } from '../parser';
import { refuse, type Proposal } from '../proposal';
import { sourceOf } from './source';
import { FACTOR, tenth } from './values';

/** What to tell beside the edit. */
export const AFTERWARDS =
  'Go on from a checkpoint from before the trouble began; if the loss then only falls more slowly, the rate was not the cause.';

/** A tenth of the learning rate that an argument gives, at the place where its number is written. */
export function lowerArgument(call: Call, given: Argument, script: Script): Proposal {
  const line = given.node.startPosition.row + 1;
  const source = sourceOf(given.value, script);
  if ('flag' in source) {
    const to =
      source.preset !== null && /^[\d.]+(e-?\d+)?$/i.test(source.preset)
        ? ` ${tenth(source.preset)} (it is ${source.preset} by default)`
        : ' with a smaller value';
    return refuse(
      call.node,
      `the learning rate of line ${line} comes from the command line: pass ${source.flag}${to}`,
    );
  }
  if ('unknown' in source)
    return refuse(
      call.node,
      `the learning rate of line ${line} comes from ${source.unknown}, which is set elsewhere: make it ${FACTOR} times smaller there`,
    );
  return lowerNumber(call.node, call.name, source.number, script);
}

/** A tenth of a number that is a learning rate: of an optimizer, a schedule, a setting. */
export function lowerNumber(anchor: Node, of: string, number: Node, script: Script): Proposal {
  const line = number.startPosition.row + 1;
  const value = numberOf(number);
  if (value === null || value <= 0)
    return refuse(anchor, `the learning rate in line ${line} is ${number.text}: look there first`);
  if (wasChanged(number, script))
    return refuse(
      anchor,
      `the learning rate was lowered already: see the comment in line ${line}, and train with it first`,
    );
  const to = tenth(number.text);
  const edits = changeNumber(number, to, script);
  if (!edits)
    return refuse(
      anchor,
      `line ${line} goes on with a backslash: set the learning rate to ${to} there by hand`,
    );
  return {
    anchor: anchor,
    outcome: {
      edits,
      value: to,
      title: `Lower the learning rate of \`${of}\` from ${number.text} to ${to}`,
      many: (count) => `Lower ${count} learning rates to a tenth`,
      notes: [AFTERWARDS],
    },
  };
}
