import { callsWhere } from './model/alike';
import type { TextEdit } from '../remedies/textEdit';
import { addAfter } from './edit/arguments';
import type { Reached } from './edit/imports';
import { insertAfter } from './edit/insert';
import { kerasClass } from './keras';
import { besides } from './dropout/layer';
import { readCall, type Call } from './model/call';
import { enclosingFunction, parts, spelled, statementAround } from './model/nodes';
import { oncePer } from './model/once';
import type { Script } from './model/script';
import type { Node } from './parser';

/** Layers in a row that a script writes out, and how more are written after some of them. */
export interface Stack {
  anchor: Node;
  layers: Call[];
  /** How the script calls another class of layers here. */
  reach(className: string): Reached;
  /** The edits that put a layer after each of some; null where there is no place. */
  put(after: readonly Call[], code: (layer: Call) => string): TextEdit[] | null;
  /** Whether something addresses the layers by their number. */
  indexed: boolean;
}

/** The stacks of a file: of `Sequential(…)`, of `model.add(…)` and of Keras' functional way. */
export const stacks = oncePer((script: Script): readonly Stack[] => [
  ...listed(script),
  ...added(script),
  ...functional(script),
]);

/** `nn.Sequential(a, b)` and `keras.Sequential([a, b])`, all of whose elements are layers that are made there. */
function listed(script: Script): Stack[] {
  return callsWhere(script, ({ path }) =>
    /^(torch\.nn|mlx\.nn(\.layers)?|keras|keras\.models)\.Sequential$/.test(path),
  ).flatMap((call): Stack[] => {
    const first = call.args()[0]?.value;
    const list = first?.type === 'list' ? first : call.node.childForFieldName('arguments')!;
    const layers = parts(list).map((item) => (item.type === 'call' ? readCall(item, script.imports) : null));
    if (layers.length === 0 || layers.some((one) => one === null)) return [];
    const target = call.node.parent?.childForFieldName('left');
    const name = target ? spelled(target) : null;
    return [
      {
        anchor: call.node,
        layers: layers as Call[],
        indexed: script.subscripts.some((one) => spelled(one.childForFieldName('value') ?? one) === name),
        reach: (className) => besides(neighbour(layers as Call[]), className, script),
        put: (after, code) => after.flatMap((one) => addAfter(list, one.node, code(one), script.text)),
      },
    ];
  });
}

/** A layer beside which another class of layers is found: `keras.Input` lies in another module. */
function neighbour(layers: readonly Call[]): Call {
  return layers.find(({ name }) => !/^Input(Layer)?$/.test(name)) ?? layers[0]!;
}

/** `model.add(layers.Dense(…))`, line by line. */
function added(script: Script): Stack[] {
  const byModel = new Map<string, { statement: Node; layer: Call; receiver: Node }[]>();
  for (const call of script.calls) {
    const value = call.name === 'add' && call.receiver ? call.args()[0]?.value : undefined;
    const layer = value?.type === 'call' ? readCall(value, script.imports) : null;
    if (!layer || !/^keras\.layers\./.test(layer.path)) continue;
    const key = `${enclosingFunction(call.node)?.id ?? 0} ${spelled(call.receiver!)}`;
    const all = byModel.get(key) ?? [];
    byModel.set(key, [...all, { statement: statementAround(call.node), layer, receiver: call.receiver! }]);
  }
  return [...byModel.values()].map((all) => ({
    anchor: all[0]!.statement,
    layers: all.map(({ layer }) => layer),
    indexed: false,
    reach: (className) => kerasClass('layers', className, script),
    put: lineAfter(all, (p, { receiver }) => `${receiver.text}.add(${p})`, script),
  }));
}

/** `x = layers.Dense(…)(x)`, line by line. */
function functional(script: Script): Stack[] {
  const byScope = new Map<number, { statement: Node; layer: Call; receiver: Node }[]>();
  if (!/keras/.test(script.text.source)) return [];
  for (const { node, value, scope } of script.assignments) {
    const made = value.type === 'call' ? value.childForFieldName('function') : null;
    const layer = made?.type === 'call' ? readCall(made, script.imports) : null;
    const receiver = node.childForFieldName('left')!;
    if (!layer || receiver.type !== 'identifier' || !/^keras\.layers\./.test(layer.path)) continue;
    const key = scope?.id ?? 0;
    const all = byScope.get(key) ?? [];
    byScope.set(key, [...all, { statement: statementAround(node), layer, receiver }]);
  }
  return [...byScope.values()].map((all) => ({
    anchor: all[0]!.statement,
    layers: all.map(({ layer }) => layer),
    indexed: false,
    reach: (className) => kerasClass('layers', className, script),
    put: lineAfter(all, (p, { receiver }) => `${receiver.text} = ${p}(${receiver.text})`, script),
  }));
}

function lineAfter<T extends { statement: Node; layer: Call }>(
  all: readonly T[],
  write: (layer: string, one: T) => string,
  script: Script,
): Stack['put'] {
  return (after, code) => {
    const lines = all
      .filter(({ layer }) => after.includes(layer))
      .map((one) => insertAfter(one.statement, [write(code(one.layer), one)], script.text));
    return lines.some((one) => one === null) ? null : (lines as TextEdit[]);
  };
}
