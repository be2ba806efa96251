import { isKerasFile, frameworkAt } from '../model/framework';
import { trainers } from '../lightning';
import type { Call } from '../model/call';
import { epochLoops } from '../model/epochs';
import { enclosing, enclosingFunction, isInside, parts, spelled } from '../model/nodes';
import { callsNamed, callsOf, phaseOf } from '../model/phase';
import type { Script } from '../model/script';
import type { Node } from '../parser';
import { functionalSteps } from './functionalSteps';

/** How many callers up a loop is looked for. */
const DEPTH = 3;

/**
 * Where a script trains: the loop over the epochs around its steps (else the outermost loop), or the call that hands over to
 * a trainer. The first of the file, null where there is none.
 */
export function lensPlace(script: Script): Node | null {
  return (
    loopAroundSteps(script) ??
    loopAroundFunctional(script) ??
    trainerCall(script) ??
    epochLoops(script)[0]?.node ??
    null
  );
}

/** The loop around a step that applies what a function gave as gradients. */
function loopAroundFunctional(script: Script): Node | null {
  for (const { node } of functionalSteps(script)) {
    const loop = outerLoop(node, script, DEPTH);
    if (loop) return loop;
  }
  return null;
}

function loopAroundSteps(script: Script): Node | null {
  for (const point of script.updatePoints) {
    // Their loop is in the library: the call that starts it is the place.
    if (/^(lightning|hf-trainer|keras)$/.test(frameworkAt(point, script))) continue;
    if (phaseOf(point.statement, script) === 'validation') continue;
    const loop = outerLoop(point.statement, script, DEPTH);
    if (loop) return loop;
  }
  return null;
}

/** The epoch loop around a node, through the calls of its function; else the outermost loop of its own function. */
function outerLoop(node: Node, script: Script, depth: number): Node | null {
  const epochs = epochLoops(script).find((loop) => isInside(node, loop.node));
  if (epochs) return epochs.node;
  const fn = enclosingFunction(node);
  const around = fn && depth > 0 ? [...callsOf(fn, script), ...callsOfCompiled(fn, script)] : [];
  for (const call of around) {
    // A method that calls itself, or a function of another class of the same name.
    if (isInside(call.node, fn!)) continue;
    const loop = outerLoop(call.node, script, depth - 1);
    if (loop) return loop;
  }
  return outermostLoop(node, fn);
}

/** The calls of what a function was made into by another: `step = jax.jit(train_step)`. */
function callsOfCompiled(fn: Node, script: Script): readonly Call[] {
  const name = fn.childForFieldName('name')?.text ?? '';
  return script.assignments.flatMap(({ target, value }) => {
    const given = value.type === 'call' ? parts(value.childForFieldName('arguments'))[0] : undefined;
    return given?.type === 'identifier' && given.text === name && target !== name
      ? callsNamed(target, script)
      : [];
  });
}

function outermostLoop(node: Node, fn: Node | null): Node | null {
  let found: Node | null = null;
  for (let at = enclosing(node, 'for_statement', 'while_statement'); at;) {
    if (enclosingFunction(at)?.id !== fn?.id) break;
    found = at;
    at = enclosing(at, 'for_statement', 'while_statement');
  }
  return found;
}

const boosted = /^(xgboost|lightgbm)\.train$/;
const fits = /^(fit|fit_generator|fit_one_cycle|fine_tune)$/;
const trainerClass = /Trainer$/;
const learnerClass = /([Ll]earner|YOLO)$/;

/** `trainer.fit(…)`, `trainer.train()`, `model.fit(…)` of a known library. */
function trainerCall(script: Script): Node | null {
  const call = script.calls.find((one) => {
    if (boosted.test(one.path)) return true;
    const fit = fits.test(one.name);
    if (!fit && one.name !== 'train') return false;
    const made = one.receiver && makerOf(one.receiver, script);
    if (made && trainerClass.test(made)) return true;
    if (made && learnerClass.test(made)) return true;
    return fit && isKerasFile(script) && !isOfAnotherKind(made);
  });
  return call?.node ?? handedTo(script)?.node ?? null;
}

/** A Lightning trainer that comes from elsewhere: the file makes one, and something is fitted by a name that says so. */
function handedTo(script: Script): Call | undefined {
  if (trainers(script).length === 0) return undefined;
  return script.calls.find(({ name, on }) => name === 'fit' && on !== null && /trainer/i.test(on));
}

/** Scalers, encoders and tokenizers are fitted to data beside the network. */
function isOfAnotherKind(made: string | null): boolean {
  return made !== null && /(Scaler|Encoder|Tokenizer|Generator|PCA|Imputer|Binarizer)$/.test(made);
}

/** The last part of the class or function whose value a receiver is. */
function makerOf(receiver: Node, { assignments }: Script): string | null {
  const name = spelled(receiver);
  const value =
    receiver.type === 'call' ? receiver : assignments.find(({ target }) => target === name)?.value;
  if (value?.type !== 'call') return null;
  return (value.childForFieldName('function')?.text ?? '').split('.').at(-1)!;
}
