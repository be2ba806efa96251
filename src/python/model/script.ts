import type { Node, RawNode } from '../parser';
import { callsWhere } from './alike';
import type { Assignment } from './assignments';
import type { Call } from './call';
import { collect, readAssignments, readAugmented, readCalls } from './collect';
import { readImports, type Imports } from './imports';
import { findModules, type Module } from './modules';
import { spelled } from './nodes';
import { withLazy } from './once';
import { isOptimizer, readOptimizer, type Optimizer } from './optimizers';
import { sourceText, type SourceText } from './sourceText';
import * as training from './training';
import { findUpdatePoints, isStep, type UpdatePoint } from './updatePoints';
import { within } from './within';

/**
 * A training script as the planners see it, in order of the text. Each part is computed when it is first asked for.
 * Good until its tree is deleted.
 */
export interface Script {
  readonly root: Node;
  readonly text: SourceText;
  readonly imports: Imports;
  readonly calls: readonly Call[];
  readonly assignments: readonly Assignment[];
  /** `x += …` and the like, apart from the plain ones. */
  readonly augmented: readonly Assignment[];
  readonly functions: readonly Node[];
  readonly classes: readonly Node[];
  readonly withs: readonly Node[];
  readonly subscripts: readonly Node[];
  readonly loops: readonly Node[];
  readonly errors: readonly Node[];
  readonly optimizers: readonly Optimizer[];
  readonly updatePoints: readonly UpdatePoint[];
  readonly backwards: readonly training.Backward[];
  readonly scalerUses: readonly training.ScalerUse[];
  readonly wrappers: readonly training.Wrapper[];
  readonly modules: readonly Module[];
  readonly losses: readonly Call[];
  readonly schedulers: readonly Call[];
  readonly modes: readonly training.ModeSwitch[];
}

/** Builds the model of a script. Code with errors gives what could be read around them. */
export function readScript(source: string, tree: RawNode): Script {
  const found = collect(source, tree);
  const { root, of, errors } = found;
  const imports = readImports(of('import_statement', 'import_from_statement', 'future_import_statement'));
  const calls = readCalls(found, imports);
  const assignments = readAssignments(found);
  const known = {
    root,
    imports,
    calls,
    assignments,
    functions: of('function_definition'),
    classes: of('class_definition'),
    withs: of('with_statement'),
    subscripts: of('subscript'),
    loops: of('for_statement', 'while_statement'),
    errors,
  };
  const script: Script = withLazy(known, {
    text: () => sourceText(source),
    augmented: () => readAugmented(found),
    optimizers: () => each(callsWhere(known, isOptimizer), readOptimizer),
    updatePoints: () => findUpdatePoints(callsWhere(known, isStep), root, builtNames(script)),
    backwards: () => each(callsWhere(known, training.isBackward), training.readBackward),
    scalerUses: () => each(callsWhere(known, training.isScalerUse), training.readScalerUse),
    wrappers: () => each(callsWhere(known, training.isWrapper), training.readWrapper),
    modules: () => findModules(of('class_definition'), assignments, imports),
    losses: () => callsWhere(known, training.isLoss),
    schedulers: () => callsWhere(known, training.isScheduler),
    modes: () => each(callsWhere(known, training.isModeSwitch), training.readModeSwitch),
  });
  return script;
}

/** Spelled names of what is assigned an optimizer. */
function builtNames({ optimizers, assignments, text: { source } }: Script): Set<string> {
  const built = new Set(optimizers.flatMap(({ target }) => (target ? [spelled(target)] : [])));
  if (!/\boptimizers\b/.test(source)) return built;
  // `opt = self.optimizers()`, `g, d = self.optimizers()`: Lightning hands its own out.
  for (const { target, value } of assignments) {
    if (value.type === 'call' && spelled(value).startsWith('self.optimizers(')) built.add(target);
  }
  return built;
}

/** The calls of a script within a node. */
export function callsIn(script: Script, scope: Node): Call[] {
  return within(script.calls, scope);
}

function each<A, B>(items: readonly A[], read: (item: A) => B | null): B[] {
  const found: B[] = [];
  for (const item of items) {
    const one = read(item);
    if (one !== null) found.push(one);
  }
  return found;
}
