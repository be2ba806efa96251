import type { Node } from '../parser';
import type { Assignment } from './assignments';
import { readCall, type Call } from './call';
import type { Imports } from './imports';
import { bodyOf, enclosingClass, isInside, parts, statementAround } from './nodes';
import { within } from './within';

/** A layer that a module makes for itself: `self.fc1 = nn.Linear(…)`. */
export interface Layer {
  /** `fc1` */
  attribute: string;
  /** The last part of its class: `Linear`. */
  className: string;
  call: Call;
  assignment: Assignment;
}

/** The layers that a module makes just once, and always: not under a condition. */
export function plainLayers({ layers, init }: Module): Layer[] {
  return layers.filter(
    (one) =>
      layers.every((other) => other === one || other.attribute !== one.attribute) &&
      statementAround(one.assignment.node).parent?.parent?.id === init?.id,
  );
}

/** A class of layers. */
export interface Module {
  node: Node;
  name: string;
  init: Node | null;
  forward: Node | null;
  /** What `__init__` assigns to `self`, in order; layers only. */
  layers: readonly Layer[];
  /** All names that are assigned to `self` anywhere in the class. */
  attributes: ReadonlySet<string>;
  library: 'torch' | 'mlx' | 'keras' | 'flax' | 'lightning';
}

/** The layer classes of a file: what inherits from nn.Module, in a library that the file shows. */
export function findModules(
  classes: readonly Node[],
  assignments: readonly Assignment[],
  imports: Imports,
): Module[] {
  const libraries = new Map<string, Module['library']>();
  return classes.flatMap((node) => {
    const bases = parts(node.childForFieldName('superclasses')).filter(
      ({ type }) => type !== 'keyword_argument',
    );
    const name = node.childForFieldName('name')?.text ?? '';
    const library = bases
      .map((base) => libraries.get(base.text) ?? libraryOf(imports.resolve(base)))
      .find((one) => one !== null);
    if (!library) return [];
    // A class that inherits from one of the file's own modules is one too.
    libraries.set(name, library);
    return [readModule(node, name, library, assignments, imports)];
  });
}

function libraryOf(base: string): Module['library'] | null {
  if (/(^|\.)LightningModule$/.test(base)) return 'lightning';
  if (/^keras\.(Model|layers\.Layer|models\.Model)$/.test(base)) return 'keras';
  if (/^flax\..*Module$/.test(base)) return 'flax';
  if (/^mlx\..*Module$/.test(base)) return 'mlx';
  return /^(torch\.nn\.Module|nn\.Module)$/.test(base) ? 'torch' : null;
}

function readModule(
  node: Node,
  name: string,
  library: Module['library'],
  assignments: readonly Assignment[],
  imports: Imports,
): Module {
  const method = (...names: string[]): Node | null =>
    bodyOf(node).find(
      (one) =>
        one.type === 'function_definition' && names.includes(one.childForFieldName('name')?.text ?? ''),
    ) ?? null;
  const init = method('__init__');
  const own = within(assignments, node).filter(
    ({ node: at, target }) => target.startsWith('self.') && enclosingClass(at)?.id === node.id,
  );
  const layers = own.flatMap((assignment) => {
    const { value, target } = assignment;
    if (!init || !isInside(assignment.node, init) || value.type !== 'call') return [];
    const call = readCall(value, imports);
    const attribute = target.slice('self.'.length);
    return call && /^\w+$/.test(attribute) && /^[A-Z]/.test(call.name)
      ? [{ attribute, className: call.name, call, assignment }]
      : [];
  });
  return {
    node,
    name,
    init,
    forward: method('forward', '__call__', 'call'),
    layers,
    attributes: new Set(own.map(({ target }) => target.slice('self.'.length))),
    library,
  };
}
