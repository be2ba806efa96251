import type { Node } from './parser';
import { enclosingFunction, spelled } from './names';

/** A statement that changes the weights. */
export interface UpdatePoint {
  /** The whole logical statement. */
  statement: Node;
  /** The optimizer as it is written: `optimizer`, `self.opt`. */
  optimizer: Node;
  /** The gradient scaler that steps it, under fp16 mixed precision. */
  scaler: Node | null;
  /** `step(closure)`: the gradients are computed inside the call. */
  closure: boolean;
  /** Where it stands: a function or the module. */
  scope: Node;
}

const optimizerName = /(^|_|\.)(opt|optim|optimi[sz]er)([_A-Z0-9]|s$|$)/;
const scalerName = /(^|[._])(grad_?)?scaler$/i;
/** Things that step and are no optimizer. */
const otherName = /sched|lr_s|prof|env|local_sgd|pbar|progress|accountant|ema/i;
/** Classes of optimizers outside torch.optim. */
const optimizerClass =
  /(^|\.)(Adam\w*|SGD\w*|RMSprop|Adagrad|Adadelta|Adafactor|NAdam|RAdam|Rprop|LBFGS|Lion\w*|Muon|Fused(Adam|LAMB|SGD)\w*|DeepSpeedCPUAdam|LAMB|Lamb|ASGD|SparseAdam)$/;

/** All update points of a file, in order. */
export function findUpdatePoints(root: Node): UpdatePoint[] {
  const built = optimizersBuilt(root);
  return root.descendantsOfType('call').flatMap((call) => {
    const point = readStep(call, built);
    return point ? [{ ...point, scope: enclosingFunction(call) ?? root }] : [];
  });
}

/** Spelled targets of assignments whose value builds an optimizer. */
function optimizersBuilt(root: Node): Set<string> {
  const targets = new Set<string>();
  for (const node of root.descendantsOfType('assignment')) {
    const value = node.childForFieldName('right');
    const callee = value?.type === 'call' ? value.childForFieldName('function')?.text : undefined;
    const target = node.childForFieldName('left');
    if (callee !== undefined && target && optimizerClass.test(callee)) targets.add(spelled(target));
  }
  return targets;
}

function readStep(call: Node, built: ReadonlySet<string>): Omit<UpdatePoint, 'scope'> | null {
  const callee = call.childForFieldName('function');
  const receiver = callee?.type === 'attribute' ? callee.childForFieldName('object') : null;
  if (!receiver || callee?.childForFieldName('attribute')?.text !== 'step') return null;
  const statement = statementOf(call);
  if (!statement) return null;
  const isOptimizer = (node: Node): boolean => {
    const name = spelled(node);
    return built.has(name) || (optimizerName.test(name) && !otherName.test(name));
  };
  const [argument] = (call.childForFieldName('arguments')?.namedChildren ?? []).filter(
    (n) => n?.type !== 'comment',
  );
  if (argument && scalerName.test(spelled(receiver)) && isOptimizer(argument)) {
    return { statement, optimizer: argument, scaler: receiver, closure: false };
  }
  if (!isOptimizer(receiver)) return null;
  return {
    statement,
    optimizer: receiver,
    scaler: null,
    closure: argument !== undefined && argument?.type !== 'none',
  };
}

/** The statement that is nothing but this call, its value kept or not; null when the call is part of something else. */
function statementOf(call: Node): Node | null {
  const parent = call.parent;
  if (parent?.type === 'expression_statement' || parent?.type === 'return_statement') return parent;
  return parent?.type === 'assignment' && parent.parent?.type === 'expression_statement'
    ? parent.parent
    : null;
}
