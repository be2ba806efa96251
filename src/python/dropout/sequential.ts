import { addAfter } from '../edit/arguments';
import { insertAfter } from '../edit/insert';
import { kerasClass } from '../keras';
import { argument, readCall, type Call } from '../model/call';
import { enclosingFunction, parts, spelled, statementAround, stringOf } from '../model/nodes';
import type { Script } from '../model/script';
import type { Node } from '../parser';
import type { TextEdit } from '../../remedies/textEdit';
import { refuse, type Proposal } from '../proposal';
import { kindOf, spotsIn, type Stacked } from './kinds';
import { besides } from './layer';
import { moduleAround, multiplies, unfitModule, unfitName } from './unfit';
import { usualDropout } from './values';

/** Layers in a row that a script writes out, and how one more is written after one of them. */
interface Stack {
  anchor: Node;
  layers: Call[];
  /** The edits that put dropout after each of some layers; null where there is no place. */
  put(after: readonly Call[], p: string): TextEdit[] | null;
  /** Whether something addresses the layers by their number. */
  indexed: boolean;
}

/** Dropout after the hidden layers of `Sequential(…)`, of `model.add(…)` and of Keras' functional way. */
export function dropoutInStacks(script: Script): Proposal[] {
  return [...listed(script), ...added(script), ...functional(script)].flatMap((stack): Proposal[] => {
    const spots = spotsIn(stack.layers.map(stacked));
    if (spots.length === 0) return [];
    const unfit = whyUnfit(stack, script);
    if (unfit !== null) return [refuse(stack.anchor, unfit)];
    const p = usualDropout('', script);
    const line = stack.anchor.startPosition.row + 1;
    if (stack.indexed) {
      return [
        refuse(stack.anchor, `layers of line ${line} are addressed by their number, which would change`),
      ];
    }
    const edits = stack.put(
      spots.map((at) => stack.layers[at]!),
      p,
    );
    if (!edits) return [refuse(stack.anchor, `the layers of line ${line} share their lines with other code`)];
    const after = stack.layers[spots[0]!]!.node.text;
    return [
      {
        anchor: stack.anchor,
        outcome: {
          edits,
          value: p,
          title:
            spots.length === 1
              ? `Insert \`Dropout(${p})\` after \`${after.split(/\r?\n/)[0]}\``
              : `Insert \`Dropout(${p})\` after ${spots.length} hidden layers`,
          many: (count) => `Insert \`Dropout(${p})\` into ${count} stacks of layers`,
          notes: [
            'Call model.eval() before you validate, or validation runs with dropout on.',
            'Layers behind it get a new number: weights that were saved before do not load as they are.',
          ],
        },
      },
    ];
  });
}

/** Why a stack is not the hidden part of a classifier or regressor, or null. */
function whyUnfit({ anchor, layers }: Stack, script: Script): string | null {
  const line = anchor.startPosition.row + 1;
  const target = anchor.parent?.type === 'assignment' ? anchor.parent.childForFieldName('left') : null;
  const named = unfitName(target ? spelled(target) : null);
  if (named !== null) return named;
  const [first] = layers;
  if (!/^(torch|mlx|keras|tensorflow)\./.test(first!.path) && first!.receiver?.text !== 'nn')
    return `what ${first!.name} gives to the layers of line ${line} is not visible here`;
  const module = moduleAround(anchor, script);
  const whole = module && unfitModule(module, script);
  if (whole) return whole;
  const gate = /^(Hard)?[Ss]igmoid$/.test(layers.at(-1)!.name) && multiplies(module?.forward ?? null);
  return gate ? `the layers of line ${line} end in a sigmoid that may be a gate` : null;
}

function stacked(call: Call): Stacked {
  const given = argument(call, 'activation')?.value;
  const active = given !== undefined && !/^(linear|softmax|sigmoid)$/.test(stringOf(given) ?? '');
  return { kind: kindOf(call.name), active: active && given.type !== 'none' };
}

/** `nn.Sequential(a, b)` and `keras.Sequential([a, b])`, all of whose elements are layers that are made there. */
function listed(script: Script): Stack[] {
  return script.calls
    .filter(({ path }) => /^(torch\.nn|mlx\.nn(\.layers)?|keras|keras\.models)\.Sequential$/.test(path))
    .flatMap((call): Stack[] => {
      const first = call.args()[0]?.value;
      const list = first?.type === 'list' ? first : call.node.childForFieldName('arguments')!;
      const layers = parts(list).map((item) =>
        item.type === 'call' ? readCall(item, script.imports) : null,
      );
      if (layers.some((one) => one === null)) return [];
      const target = call.node.parent?.childForFieldName('left');
      const name = target ? spelled(target) : null;
      return [
        {
          anchor: call.node,
          layers: layers as Call[],
          indexed: script.subscripts.some((one) => spelled(one.childForFieldName('value') ?? one) === name),
          put(after, p) {
            const made = besides(after[0]!, 'Dropout', script);
            return [
              ...made.edits,
              ...after.flatMap(({ node }) => addAfter(list, node, `${made.name}(${p})`, script.text)),
            ];
          },
        },
      ];
    });
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
    put: lineAfter(all, (p, { receiver }) => `${receiver.text} = ${p}(${receiver.text})`, script),
  }));
}

function lineAfter<T extends { statement: Node; layer: Call }>(
  all: readonly T[],
  write: (layer: string, one: T) => string,
  script: Script,
): Stack['put'] {
  return (after, p) => {
    const { name, edits } = kerasClass('layers', 'Dropout', script);
    const lines = all
      .filter(({ layer }) => after.includes(layer))
      .map((one) => insertAfter(one.statement, [write(`${name}(${p})`, one)], script.text));
    return lines.some((one) => one === null) ? null : [...edits, ...(lines as TextEdit[])];
  };
}
