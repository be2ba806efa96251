import type { Range } from '../../remedies/textEdit';
import { trainingArguments } from '../huggingFace';
import { kerasOptimizers } from '../keras';
import { trainers } from '../lightning';
import { enclosingClass } from '../model/nodes';
import { readScript, type Script } from '../model/script';
import { isBackward } from '../model/training';
import type { Node } from '../parser';
import { parseReadable } from '../readable';
import { rangePastBom, unreadable, withoutBom } from '../source';
import { stacks } from '../stacks';
import { functionalSteps } from './functionalSteps';
import { lensPlace } from './training';

/** What of a training a line of its script decides. */
export type PlaceKind = 'training' | 'optimizer' | 'step' | 'model' | 'loss';

/** Where a script decides what: at most the first line of each place; null where the script does not show it. */
export type ScriptPlaces = Readonly<Record<PlaceKind, Range | null>>;

/** The places of a script. Never throws on odd source: what is not understood has no place. */
export async function findPlaces(source: string): Promise<ScriptPlaces> {
  if (unreadable(source) !== null) return nowhere;
  const text = withoutBom(source);
  const { code, tree } = await parseReadable(text);
  try {
    const script = readScript(code, tree.rootNode);
    const range = (node: Node | null): Range | null => {
      if (!node) return null;
      const found = firstLine(node, code);
      return text === source ? found : rangePastBom(found);
    };
    return {
      training: range(lensPlace(script)),
      optimizer: range(optimizerPlace(script)),
      step: range(stepPlace(script)),
      model: range(modelPlace(script)),
      loss: range(lossPlace(script)),
    };
  } finally {
    tree.delete();
  }
}

export const nowhere: ScriptPlaces = { training: null, optimizer: null, step: null, model: null, loss: null };

/** Where the optimizer is built, or described to a trainer. */
function optimizerPlace(script: Script): Node | null {
  return (
    kerasOptimizers(script)[0]?.node ??
    script.optimizers[0]?.call.node ??
    script.calls.find(({ path }) => /^optax\.(adam\w*|sgd|lion|lamb|rmsprop|chain)$/.test(path))?.node ??
    trainingArguments(script)[0]?.node ??
    null
  );
}

/** Where a step is taken: there gradients are clipped and losses looked at. A trainer does it by its arguments. */
function stepPlace(script: Script): Node | null {
  const byTrainer = trainers(script)[0] ?? trainingArguments(script)[0];
  const [first] = script.updatePoints.filter(({ statement }) => !isInLibrary(statement));
  return (
    first?.statement ??
    byTrainer?.node ??
    functionalSteps(script)[0]?.node ??
    script.calls.find(isBackward)?.node ??
    kerasOptimizers(script)[0]?.node ??
    null
  );
}

/** An optimizer of the script's own, which steps within itself. */
function isInLibrary(statement: Node): boolean {
  const name = enclosingClass(statement)?.childForFieldName('name')?.text ?? '';
  return /Optim/.test(name);
}

/** The network: the class that something outside of the other networks makes, else a stack of layers, else what is loaded. */
function modelPlace(script: Script): Node | null {
  const { modules, calls, assignments } = script;
  const own = modules.filter(({ layers, library }) => layers.length > 0 && library !== 'lightning');
  const made = own.filter(({ name }) =>
    calls.some((call) => call.name === name && !modules.some(({ node }) => isWithin(call.node, node))),
  );
  return (
    made.at(-1)?.node ??
    own.at(-1)?.node ??
    stacks(script)[0]?.anchor ??
    assignments.find(({ target, value }) => isNetworkName(target) && isMaking(value))?.value ??
    modules.at(-1)?.node ??
    null
  );
}

function isNetworkName(target: string): boolean {
  return /(^|[._])(model|net|network)$/i.test(target);
}

/** A call that makes something, not one that wraps what is there. */
function isMaking(value: Node): boolean {
  const callee = value.type === 'call' ? (value.childForFieldName('function')?.text ?? '') : null;
  if (callee === null || /(prepare|initialize|compile|Parallel|DDP|FSDP|setup)$/.test(callee)) return false;
  // `model.to(device)` moves it, `Net().to(device)` makes it.
  return callee.includes('(') || !/\.(to|cuda|cpu|half|float|train|eval)$/.test(callee);
}

function isWithin(node: Node, around: Node): boolean {
  return node.startIndex >= around.startIndex && node.endIndex <= around.endIndex;
}

function lossPlace({ losses }: Script): Node | null {
  return losses[0]?.node ?? null;
}

function firstLine(node: Node, code: string): Range {
  const { startPosition: start, endPosition: end } = node;
  const from = { line: start.row, character: start.column };
  if (end.row === start.row) return { start: from, end: { line: end.row, character: end.column } };
  const line = /^[^\r\n]*/.exec(code.slice(node.startIndex))![0].trimEnd();
  return { start: from, end: { line: start.row, character: start.column + line.length } };
}
