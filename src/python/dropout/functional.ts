import { switchOff } from '../switchOff';
import { DROPPING } from './values';
import { addArgument } from '../edit/arguments';
import { replaceNode } from '../edit/insert';
import { argument, hasSplat, type Call } from '../model/call';
import { enclosing, enclosingFunction, isInside, numberOf, parameterNames } from '../model/nodes';
import type { Script } from '../model/script';
import { refuse, type Proposal } from '../proposal';
import type { Present } from './existing';

/** How a function that drops learns whether the model trains. */
export interface Functional {
  /** `told`: it is handed the mode already; `argument`: by `training=`; `value`: only by another probability. */
  mode: 'told' | 'argument' | 'value';
  /** Whether `self.training` is at hand there: the method of a PyTorch module. */
  inModule: boolean;
  script: Script;
}

/** Marks the dropout of a function with what it knows of the mode. */
export function withMode(call: Call, present: Present, script: Script): Present {
  const fn = enclosingFunction(call.node);
  const owner = fn && enclosing(fn, 'class_definition');
  const inModule =
    fn !== null &&
    parameterNames(fn)[0] === 'self' &&
    enclosing(call.node, 'lambda') === null &&
    script.modules.some(
      ({ node, library }) => node.id === owner?.id && (library === 'torch' || library === 'lightning'),
    ) &&
    isInside(call.node, fn);
  const takesMode = /dropout/.test(call.name);
  const given = takesMode ? argument(call, 'training', 2) : undefined;
  const told = given !== undefined && /\.training$|^(train\w*|is_train\w*)$/.test(given.value.text);
  const unclear = given !== undefined || hasSplat(call);
  const mode = told ? 'told' : takesMode ? 'argument' : 'value';
  return { ...present, functional: { mode, inModule: inModule && !unclear, script } };
}

/** Another probability for a function, in training only. */
export function raiseFunctional(
  { mode, inModule, script }: Functional,
  { call, number, name }: Present,
  to: string,
): Proposal {
  const line = call.node.startPosition.row + 1;
  const written = number !== null && numberOf(number) !== null;
  if (!written) return refuse(call.node, `the dropout of line ${line} is not a number here`);
  if (mode !== 'told' && (!inModule || !isInside(number, call.node)))
    return refuse(
      call.node,
      `${call.callee.text} in line ${line} drops in evaluation too: give it a probability of 0 there first`,
    );
  const edits =
    mode === 'value'
      ? [replaceNode(number, `${to} if self.training else 0.0`)]
      : [
          replaceNode(number, to),
          ...(mode === 'argument' ? addArgument(call, 'training=self.training', script.text) : []),
        ];
  const only = mode === 'told' ? '' : ', in training only';
  return {
    anchor: call.node,
    outcome: {
      edits,
      value: to,
      title: `Set the dropout of \`${name}\` to ${to} (was ${number.text})${only}`,
      many: (count) => `Change the probability of ${count} dropouts`,
      notes: [switchOff(DROPPING, false)],
    },
  };
}
