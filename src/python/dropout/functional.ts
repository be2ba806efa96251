import * as l10n from '@vscode/l10n';
import { switchOff } from '../switchOff';
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
  if (!written) return refuse(call.node, l10n.t('the dropout of line {0} is not a number here', line));
  if (mode !== 'told' && (!inModule || !isInside(number, call.node)))
    return refuse(
      call.node,
      l10n.t(
        '{0} in line {1} drops in evaluation too: give it a probability of 0 there first',
        call.callee.text,
        line,
      ),
    );
  const edits =
    mode === 'value'
      ? [replaceNode(number, `${to} if self.training else 0.0`)]
      : [
          replaceNode(number, to),
          ...(mode === 'argument' ? addArgument(call, 'training=self.training', script.text) : []),
        ];
  const title = l10n.t('Set the dropout of `{0}` to {1} (was {2})', name, to, number.text);
  return {
    anchor: call.node,
    outcome: {
      edits,
      value: to,
      title: mode === 'told' ? title : l10n.t('{0}, in training only', title),
      many: (count) => l10n.t('Change the probability of {0} dropouts', count),
      notes: [switchOff('dropout', false)],
    },
  };
}
