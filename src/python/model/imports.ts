import type { Node } from '../parser';
import { enclosingFunction, isForTypesOnly, spelled } from './nodes';

/** One name that an import binds. */
export interface ImportedName {
  /** The whole dotted path: `torch.optim.Adam`, spelled as in the file. */
  path: string;
  /** What the file calls it. */
  bound: string;
  /** The item in the import statement. */
  item: Node;
  statement: Node;
  /** Whether it is there for the whole file: not within a function, nor for type checkers only. */
  everywhere: boolean;
}

/** What the imports of a file bind, and how its names resolve through them. */
export interface Imports {
  names: readonly ImportedName[];
  /** Every module that is imported, dotted names whole, `from a import b` as both `a` and `a.b`. */
  modules: ReadonlySet<string>;
  /** Modules of `from m import *`, which may bind any name. */
  stars: readonly string[];
  /** The dotted path of an expression through the imports, in its canonical spelling. */
  resolve(expression: Node): string;
  /** The same for an expression that is at hand as a text without blanks. */
  resolveText(spelling: string): string;
  /** What the file calls something, if it is bound to a name everywhere; null where it has none. */
  nameFor(path: string): string | null;
}

/** Different spellings of one thing, the canonical one last. */
const synonyms: readonly (readonly [RegExp, string])[] = [
  [/^(tensorflow\.python\.keras|tensorflow\.keras|tf_keras|keras\.api)(?=\.|$)/, 'keras'],
  [/^(lightning\.pytorch|pytorch_lightning)(?=\.|$)/, 'lightning'],
  [/^lightning\.fabric\.Fabric$|^lightning_fabric\.Fabric$/, 'lightning.Fabric'],
  [/^torch\.optim\.\w+\.(?=[A-Z])/, 'torch.optim.'],
  [/^torch\.nn\.modules\.\w+\.(?=[A-Z])/, 'torch.nn.'],
  [/^torch\.nn\.utils\.clip_grad\.(?=clip)/, 'torch.nn.utils.'],
];

/** A dotted path in the one spelling that the model knows it by. */
export function canonical(path: string): string {
  return synonyms.reduce((text, [pattern, to]) => text.replace(pattern, to), path);
}

/** Reads the import statements of a file. */
export function readImports(statements: readonly Node[]): Imports {
  const names = statements.flatMap(namesIn);
  const bindings = new Map<string, string>();
  // What is bound everywhere wins over what one function calls so.
  for (const one of [...names].sort((a, b) => Number(a.everywhere) - Number(b.everywhere))) {
    bindings.set(one.bound, one.path);
  }
  const sources = statements.map((node) => node.childForFieldName('module_name')?.text);
  const modules = new Set([...names.map(({ path }) => path), ...sources.filter((m) => m !== undefined)]);
  for (const node of statements) {
    if (node.type !== 'import_statement') continue;
    for (const item of node.childrenForFieldName('name')) {
      modules.add(item.type === 'aliased_import' ? item.childForFieldName('name')!.text : item.text);
    }
  }
  const stars = statements.flatMap((node, i) =>
    node.namedChildren.some((child) => child.type === 'wildcard_import') ? [sources[i] ?? ''] : [],
  );
  // A file calls the same few things again and again.
  const resolved = new Map<string, string>();
  const resolveText = (text: string): string => {
    const known = resolved.get(text);
    if (known !== undefined) return known;
    const [first = ''] = text.split(/[.([]/);
    const path = bindings.get(first);
    const whole = canonical(path === undefined ? text : path + text.slice(first.length));
    resolved.set(text, whole);
    return whole;
  };
  const named = new Map<string, string>();
  for (const { everywhere, path, bound } of names) {
    const whole = canonical(path);
    if (everywhere && !named.has(whole)) named.set(whole, bound);
  }
  return {
    names,
    modules,
    stars,
    resolve: (expression) => resolveText(spelled(expression)),
    resolveText,
    nameFor: (path) => named.get(path) ?? null,
  };
}

function namesIn(statement: Node): ImportedName[] {
  const from = statement.childForFieldName('module_name')?.text;
  const everywhere = !enclosingFunction(statement) && !isForTypesOnly(statement);
  return statement.childrenForFieldName('name').flatMap((item) => {
    const name = item.type === 'aliased_import' ? item.childForFieldName('name')!.text : item.text;
    const alias = item.type === 'aliased_import' ? item.childForFieldName('alias')!.text : null;
    if (from !== undefined) {
      return [{ path: `${from}.${name}`, bound: alias ?? name, item, statement, everywhere }];
    }
    // `import torch.nn` binds `torch`.
    const path = alias === null ? name.split('.')[0]! : name;
    return [{ path, bound: alias ?? path, item, statement, everywhere }];
  });
}
