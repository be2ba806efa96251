import type { Node } from '../parser';
import { argument, type Call } from './call';
import { enclosing, enclosingFunction, isInside, spelled } from './nodes';

/** A statement that changes the weights. */
export interface UpdatePoint {
  /** The whole logical statement. */
  statement: Node;
  /** The optimizer as it is written: `optimizer`, `self.opt`. */
  optimizer: Node;
  /** The gradient scaler that steps it, under fp16 mixed precision. */
  scaler: Node | null;
  /** `step(closure)`: what is handed over, since the gradients are computed inside the call. */
  closure: Node | null;
  /** The `if` that lets it happen only every few batches, or the `with … accumulate(…)` around it. */
  accumulation: Node | null;
  /** Where it stands: a function or the module. */
  scope: Node;
}

const optimizerName = /(^|_|\.)(opt|optim|optimi[sz]er)([_A-Z0-9]|s$|$)/;
const scalerName = /(^|[._])(grad_?)?scaler$/i;
/** Things that step and are no optimizer. */
const otherName = /sched|lr_s|prof|env|local_sgd|pbar|progress|accountant|ema/i;

/** Whether a name, spelled, is one of an optimizer. */
export function isOptimizerName(name: string): boolean {
  return optimizerName.test(name) && !otherName.test(name);
}

/** Whether a call may be a step. */
export function isStep({ name }: Pick<Call, 'name'>): boolean {
  return name === 'step' || name === SCHEDULED;
}

/** The step of an optimizer in a schedule of one's own, as the first transformers for PyTorch wrote it. */
const SCHEDULED = 'step_and_update_lr';

/**
 * All update points of a file, in order.
 * @param calls those that may be steps
 * @param built spelled names of what is assigned an optimizer
 */
export function findUpdatePoints(
  calls: readonly Call[],
  root: Node,
  built: ReadonlySet<string>,
): UpdatePoint[] {
  return calls.flatMap((call) => {
    const point = isStep(call) && call.receiver ? readStep(call, call.receiver, built) : null;
    if (!point) return [];
    const scope = enclosingFunction(call.node) ?? root;
    return [{ ...point, scope, accumulation: accumulationAround(point.statement, scope) }];
  });
}

function readStep(
  call: Call,
  receiver: Node,
  built: ReadonlySet<string>,
): Omit<UpdatePoint, 'scope' | 'accumulation'> | null {
  const statement = statementOf(call.node);
  if (!statement) return null;
  const isOptimizer = (node: Node): boolean => {
    const name = spelled(node);
    return built.has(name) || isOptimizerName(name);
  };
  const given = (argument(call, 'optimizer', 0) ?? argument(call, 'closure', 0))?.value;
  if (given && scalerName.test(spelled(receiver)) && isOptimizer(given)) {
    return { statement, optimizer: given, scaler: receiver, closure: null };
  }
  if (!isOptimizer(receiver) && call.name !== SCHEDULED) return null;
  const closure = given === undefined || given.type === 'none' || call.args().length > 1 ? null : given;
  return { statement, optimizer: receiver, scaler: null, closure };
}

/** The statement that is nothing but this call, its value kept or not; null when the call is part of something else. */
function statementOf(call: Node): Node | null {
  const parent = call.parent;
  if (parent?.type === 'expression_statement' || parent?.type === 'return_statement') return parent;
  return parent?.type === 'assignment' && parent.parent?.type === 'expression_statement'
    ? parent.parent
    : null;
}

function accumulationAround(statement: Node, scope: Node): Node | null {
  for (
    let at = enclosing(statement, 'if_statement', 'with_statement');
    at && at.id !== scope.id && isInside(at, scope);
    at = enclosing(at, 'if_statement', 'with_statement')
  ) {
    const head = at.text.slice(0, (at.childForFieldName('body')?.startIndex ?? at.endIndex) - at.startIndex);
    if (at.type === 'with_statement' ? /\.accumulate\s*\(/.test(head) : /%|accum|sync_grad/i.test(head))
      return at;
  }
  return null;
}
