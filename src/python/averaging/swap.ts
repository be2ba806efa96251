import type { TextEdit } from '../../remedies/textEdit';
import { replaceNode } from '../edit/insert';
import { callOfArgument, methodOf, usesOf } from '../model/mentions';
import { enclosing, enclosingFunction } from '../model/nodes';
import { oncePer } from '../model/once';
import { functionCalled } from '../model/functions';
import { phaseOf, phaseOfName } from '../model/phase';
import type { Script } from '../model/script';
import type { Node } from '../parser';
import { isInferred, reliesOnMode } from './inference';

/** What a script does with the model besides training it, done with the average instead. */
export interface Swap {
  edits: TextEdit[];
  evaluates: boolean;
  saves: boolean;
}

/** A model, and the average that is to take its place. */
export interface Swapped {
  model: string;
  /** Where the average is made. */
  anchor: Node;
  /** What the code there calls the average. */
  average: string;
  /** The averaged network itself: `ema_model.module`. */
  inner: string;
}

/**
 * Evaluations and saves of a model, from the place on where the average is made: both or none, since weights are chosen
 * by an evaluation, which is to be of the weights that are saved.
 * @param from where to begin, if that is later
 */
export function swapModel({ model, anchor, average, inner }: Swapped, script: Script, from = 0): Swap {
  const edits: TextEdit[] = [];
  let [evaluates, saves, keeps] = [false, false, false];
  const uses = usesOf(model, anchor, script).filter(
    (node) => model.startsWith('self.') || node.startIndex >= anchor.startIndex,
  );
  // What is loaded again later is not the average any more.
  const loaded = uses.findIndex((node) => methodOf(node) === 'load_state_dict');
  const before = loaded < 0 ? uses : uses.slice(0, loaded);
  const kept = keptRegions(before, script);
  for (const node of before) {
    if (node.startIndex < from) continue;
    if (kept.has(node.id)) {
      keeps ||= methodOf(node) === 'state_dict';
    } else if (isSaved(node)) {
      edits.push(replaceNode(node, inner));
      saves = true;
    } else if (isEvaluated(node, script)) {
      edits.push(replaceNode(node, average));
      evaluates = true;
    } else if (isInferred(node, script)) {
      edits.push(replaceNode(node, inner));
      evaluates = true;
    } else keeps ||= methodOf(node) === 'state_dict';
  }
  const apart = (saves && !evaluates && evaluatesAnyhow(script)) || (evaluates && !saves && keeps);
  return apart ? { edits: [], evaluates: false, saves: false } : { edits, evaluates, saves };
}

/** Whether a script evaluates at all, if in a way that is not understood. */
const evaluatesAnyhow = oncePer(
  ({ calls, text: { source } }: Script): boolean =>
    /\.eval\(\)|\bno_grad\b|inference_mode|set_grad_enabled|\.train\((False|\w+)\)/.test(source) ||
    calls.some(({ name }) => phaseOfName(name) === 'validation'),
);

/**
 * Uses between a switch to evaluation and the next one back, of which one is of an unknown kind (`sample(model)`): the
 * average would be switched and the model itself used, so that all of them stay as they are. So does every use where
 * code elsewhere relies on a switch to evaluation that the average would get.
 */
function keptRegions(uses: readonly Node[], script: Script): ReadonlySet<number> {
  const kept = new Set<number>();
  const known = (one: Node): boolean =>
    isSaved(one) ||
    isEvaluated(one, script) ||
    isInferred(one, script) ||
    /^(state_dict|parameters|named_parameters)$/.test(methodOf(one) ?? '');
  for (const [i, start] of uses.entries()) {
    if (methodOf(start) !== 'eval') continue;
    const fn = enclosingFunction(start)?.id;
    const rest = uses.slice(i).filter((one) => enclosingFunction(one)?.id === fn);
    const end = rest.findIndex((one) => methodOf(one) === 'train');
    const region = end < 0 ? rest : rest.slice(0, end);
    if (!region.every(known)) for (const one of region) kept.add(one.id);
  }
  const unknown = uses.filter((one) => !kept.has(one.id) && !known(one));
  if (unknown.some((one) => reliesOnMode(one, script))) return new Set(uses.map(({ id }) => id));
  return kept;
}

/** `torch.save(model.state_dict(), path)`: the weights alone, not a checkpoint to go on from. */
function isSaved(node: Node): boolean {
  const attribute = node.parent;
  if (attribute?.type !== 'attribute' || attribute.childForFieldName('attribute')?.text !== 'state_dict')
    return false;
  const call = attribute.parent;
  const list = call?.parent;
  const save = list?.type === 'argument_list' ? list.parent : null;
  return save?.childForFieldName('function')?.text === 'torch.save';
}

function isEvaluated(node: Node, script: Script): boolean {
  const { parent } = node;
  if (parent?.type === 'attribute') {
    if (methodOf(node) !== 'eval') return false;
    return enclosing(node, 'for_statement', 'while_statement', 'function_definition') !== null;
  }
  if (parent?.type === 'call') return phaseOf(node, script) === 'validation';
  const call = callOfArgument(node, script);
  if (!call || /^[A-Z]/.test(call.name)) return false;
  const fn = functionCalled(call, script);
  return phaseOfName(call.name) === 'validation' && (fn === null || !/\.backward\(|\.step\(/.test(fn.text));
}
