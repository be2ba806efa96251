import { assignmentsTo } from '../../model/assignments';
import { argument, hasSplat, type Argument, type Call } from '../../model/call';
import { isInside, parts, spelled } from '../../model/nodes';
import { oncePer } from '../../model/once';
import { targetOf } from '../../model/optimizers';
import type { Script } from '../../model/script';
import type { Node } from '../../parser';

/** A callback that watches a metric. */
export interface Watching {
  call: Call;
  library: 'keras' | 'lightning';
  monitor: Argument | undefined;
}

const early = /^(keras|lightning)\.(pytorch\.)?callbacks\.(\w+\.)?EarlyStopping$/;
const checkpoint = /^(keras|lightning)\.(pytorch\.)?callbacks\.(\w+\.)?ModelCheckpoint$/;

/** The early stoppings of Keras and Lightning in a file. */
export const earlyStoppings = oncePer(({ calls }: Script): readonly Watching[] => watching(calls, early));

export const checkpoints = oncePer(({ calls }: Script): readonly Watching[] => watching(calls, checkpoint));

function watching(calls: readonly Call[], pattern: RegExp): Watching[] {
  return calls.flatMap((call) => {
    const library = pattern.exec(call.path)?.[1];
    if (library !== 'keras' && library !== 'lightning') return [];
    // Checkpoints begin with their path.
    const monitor = argument(call, 'monitor', pattern === early ? 0 : -1);
    return [{ call, library, monitor }];
  });
}

/** The calls of Keras' `fit` in a file. */
export const fits = oncePer(({ calls }: Script): readonly Call[] =>
  calls.filter((call) => call.name === 'fit' && call.receiver !== null),
);

/** Where the validation data and split stand in Keras' `fit`, when they are not named. */
const VALIDATION = 6;

/** Whether a `fit` of Keras validates; null where that can't be seen. */
export function validates(fit: Call): boolean | null {
  if (argument(fit, 'validation_data') ?? argument(fit, 'validation_split')) return true;
  if (hasSplat(fit)) return null;
  return fit.args().filter(({ name }) => name === null).length > VALIDATION;
}

/** Whether a callback is handed to a `fit`: written there, by its name, or in a list that has one. */
export function isHandedTo(fit: Call, callback: Call, script: Script): boolean {
  const given = argument(fit, 'callbacks', 5)?.value;
  return given !== undefined && holds(given, callback, script, 2);
}

function holds(node: Node, callback: Call, script: Script, depth: number): boolean {
  if (isInside(callback.node, node)) return true;
  const target = targetOf(callback.node);
  if (node.type === 'identifier' && target && node.text === spelled(target)) return true;
  if (node.type === 'list') return parts(node).some((one) => holds(one, callback, script, depth));
  if (node.type !== 'identifier' || depth === 0) return false;
  return assignmentsTo(script.assignments, node.text).some(({ value }) =>
    holds(value, callback, script, depth - 1),
  );
}
