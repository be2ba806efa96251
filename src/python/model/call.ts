import type { Node } from '../parser';
import type { Imports } from './imports';
import { parts, spelled } from './nodes';

/** One argument of a call; `name` is null for a positional one, `*` or `**` for a splat. */
export interface Argument {
  name: string | null;
  value: Node;
  node: Node;
}

/** A call, with what it calls resolved through the imports. */
export interface Call {
  node: Node;
  /** The expression that is called. */
  callee: Node;
  /** What it is called on; null for a plain name. */
  receiver: Node | null;
  /** The same as it is spelled, without blanks: cheap to ask all calls of a file for. */
  on: string | null;
  /** The last part of the name: `step` of `self.opt.step`. */
  name: string;
  /** The whole dotted path through the imports: `torch.optim.Adam`, `self.opt.step`. */
  path: string;
  /** The arguments in order. */
  args(): Argument[];
}

/** Reads a call node; null for one that is too broken to have a callee. */
export function readCall(node: Node, imports: Imports): Call | null {
  const callee = node.childForFieldName('function');
  if (!callee) return null;
  const receiver = callee.type === 'attribute' ? callee.childForFieldName('object') : null;
  const path = callee.type === 'identifier' || receiver ? imports.resolve(callee) : spelled(callee);
  const name = receiver ? (callee.childForFieldName('attribute')?.text ?? '') : callee.text;
  return new ReadCall(node, name, path, receiver && spelled(receiver));
}

/** Reads a call whose callee is known to be a name, or names with dots, from its text. Its nodes are looked up when they are asked for. */
export function readDottedCall(node: Node, dotted: string, imports: Imports): Call {
  const dot = dotted.lastIndexOf('.');
  const on = dot < 0 ? null : dotted.slice(0, dot);
  return new ReadCall(node, dotted.slice(dot + 1), imports.resolveText(dotted), on);
}

/** One class for all: a file has thousands of calls, of most of which nobody asks for more than the name. */
class ReadCall implements Call {
  private known: Argument[] | null = null;

  constructor(
    readonly node: Node,
    readonly name: string,
    readonly path: string,
    readonly on: string | null,
  ) {}

  get callee(): Node {
    return this.node.childForFieldName('function')!;
  }

  get receiver(): Node | null {
    return this.on === null ? null : this.callee.childForFieldName('object');
  }

  args(): Argument[] {
    return (this.known ??= readArguments(this.node));
  }
}

function readArguments(call: Node): Argument[] {
  const list = call.childForFieldName('arguments');
  if (list?.type !== 'argument_list') return list ? [{ name: null, value: list, node: list }] : [];
  return parts(list).map((node) => {
    if (node.type === 'keyword_argument') {
      return {
        name: node.childForFieldName('name')?.text ?? '',
        value: node.childForFieldName('value') ?? node,
        node,
      };
    }
    const splat = node.type === 'list_splat' ? '*' : node.type === 'dictionary_splat' ? '**' : null;
    return { name: splat, value: node, node };
  });
}

/** The argument with a name, or else the positional one at an index. */
export function argument(call: Call, name: string, position = -1): Argument | undefined {
  const args = call.args();
  const named = args.find((one) => one.name === name);
  if (named || position < 0) return named;
  const at = args[position];
  return at?.name === null && args.slice(0, position).every((one) => one.name === null) ? at : undefined;
}

/** Whether some arguments come from a `*list` or `**dict`, so that one that is not seen may still be there. */
export function hasSplat(call: Call): boolean {
  return call.args().some(({ name }) => name === '*' || name === '**');
}
