import { within } from '../model/within';
import { binderOf } from '../model/mentions';
import { enclosing, enclosingFunction, parts, spelled } from '../model/nodes';
import { parameterFor } from '../model/functions';
import { callsIn, type Script } from '../model/script';
import type { UpdatePoint } from '../model/updatePoints';
import type { Node } from '../parser';
import type { Site } from './site';

/** What `update_bn` is to go over: the loader as the code around the epoch loop names it, and where the batches are moved. */
export interface Loader {
  name: string;
  device: string | null;
}

/**
 * The loader whose batches the step takes. Null unless `update_bn` would do what the loop does: it takes the first of each
 * batch, moves it, and calls the model with that alone.
 * @param around the loop over epochs, behind which the loader and the device are to be visible
 */
export function trainingLoader(
  { statement }: UpdatePoint,
  { through, inStep }: Site,
  around: Node,
  script: Script,
): Loader | null {
  const loop = enclosing(statement, 'for_statement');
  if (!loop) return null;
  let iterable = loop.childForFieldName('right');
  let target = loop.childForFieldName('left');
  for (let depth = 0; iterable?.type === 'call' && depth < 3; depth++) {
    const name = iterable.childForFieldName('function')?.text ?? '';
    if (!/^(enumerate|tqdm(\.tqdm)?|track|trange|progress_bar)$/.test(name)) return null;
    if (name === 'enumerate') target = target ? (parts(target)[1] ?? null) : null;
    iterable = parts(iterable.childForFieldName('arguments'))[0] ?? null;
  }
  const pair = target && /^(pattern_list|tuple_pattern)$/.test(target.type) && parts(target).length >= 2;
  if (!iterable || !pair || !/^[A-Za-z_][\w.]*$/.test(iterable.text)) return null;
  const moves = inputMoves(parts(target)[0]!, loop, inStep, script);
  if (moves === null || moves.some((one) => one !== 'device')) return null;
  // What the loop uses itself is visible behind it, wherever it comes from.
  const used = moves.length > 0 && enclosingFunction(statement)?.id === enclosingFunction(around)?.id;
  const device = used || isVisible('device', around, script) ? 'device' : null;
  if (moves.length > 0 && device === null) return null;
  const name = through ? handed(iterable, through) : iterable.text;
  return name === null ? null : { name, device };
}

/** Where the first of a batch is moved before the model takes it, and nothing else; null where something else happens. */
function inputMoves(input: Node, loop: Node, model: string, script: Script): string[] | null {
  const calls = callsIn(script, loop).filter(({ callee }) => spelled(callee) === model);
  if (input.type !== 'identifier' || calls.length === 0) return null;
  const values: (Node | null)[] = calls.map((call) => {
    const [first, ...more] = call.args();
    return first?.name === null && more.length === 0 ? first.value : null;
  });
  const body = loop.childForFieldName('body')!;
  for (const { node, target } of within(script.assignments, body))
    if (target === input.text) values.push(partOf(node, input.text));
  if (within(script.augmented, body).some(({ target }) => target === input.text)) return null;
  const moves = values.map((one) => one && movedBy(one, input.text));
  return moves.includes(null) ? null : (moves as string[]).filter((one) => one !== '');
}

/** The value of one name of `x, y = x.to(device), y.to(device)`. */
function partOf(assignment: Node, name: string): Node | null {
  const [left, right] = [assignment.childForFieldName('left')!, assignment.childForFieldName('right')!];
  if (left.type === 'identifier') return right;
  if (!/^(expression_list|tuple)$/.test(right.type)) return null;
  const at = parts(left).findIndex(({ text }) => text === name);
  return parts(right).length === parts(left).length ? (parts(right)[at] ?? null) : null;
}

/** `device` of `x.to(device)`, nothing of `x` itself; null for anything else. */
function movedBy(value: Node, input: string): string | null {
  if (value.text === input) return '';
  const to = /^(\w+)\.to\((?:device=)?([\w.]+)(?:,non_blocking=\w+)?,?\)$/.exec(spelled(value));
  return to?.[1] === input ? to[2]! : null;
}

/** Whether a name is bound where a node stands: in its function, or by the module. */
function isVisible(name: string, at: Node, script: Script): boolean {
  return (
    binderOf(name, at, script) !== null ||
    script.assignments.some(({ target, scope }) => target === name && scope === null)
  );
}

function handed(loader: Node, { fn, call }: NonNullable<Site['through']>): string | null {
  const given = call.args().find(({ value }) => parameterFor(call, fn, value) === loader.text)?.value;
  return given && /^[A-Za-z_][\w.]*$/.test(given.text) ? given.text : null;
}
