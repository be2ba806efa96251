import type { Node } from '../parser';
import { argument, type Call } from './call';
import { enclosing, enclosingFunction, parts, spelled } from './nodes';

/** Which library an optimizer belongs to, as far as the file shows. */
export type OptimizerKind = 'torch' | 'keras' | 'mlx' | 'unknown';

/** A call that builds an optimizer. */
export interface Optimizer {
  call: Call;
  kind: OptimizerKind;
  /** The last part of the class: `AdamW`. */
  className: string;
  /** What it is assigned to, if to just one thing. */
  target: Node | null;
  /** The parameters that it is built from: the first positional argument or `params=`. */
  params: Node | null;
  /** The function that builds it, or null at module level. */
  scope: Node | null;
}

const className =
  /^(Adam|Adam\w*|SGD\w*|RMSprop|Adagrad\w*|Adadelta|Adafactor|NAdam|Nadam|RAdam\w*|Rprop|LBFGS|Ftrl|Lion\w*|Muon|Fused(Adam|LAMB|SGD)\w*|DeepSpeedCPUAdam|LAMB|Lamb|ASGD|SparseAdam|PagedAdamW?\w*)$/;

/** Whether a name is one of a class of optimizers. */
export function isOptimizer({ name }: Pick<Call, 'name'>): boolean {
  return className.test(name);
}

/** Reads a call as the making of an optimizer; null where it is something else. */
export function readOptimizer(call: Call): Optimizer | null {
  if (!className.test(call.name)) return null;
  const kind = kindOf(call.path);
  // A class of the script's own, or of a module that nobody knows, is one all the same where it gets parameters.
  const params = kind === 'keras' || kind === 'mlx' ? null : (argument(call, 'params', 0)?.value ?? null);
  return {
    call,
    kind,
    className: call.name,
    target: targetOf(call.node),
    params,
    scope: enclosingFunction(call.node),
  };
}

function kindOf(path: string): OptimizerKind {
  // `tf.train.AdamOptimizer` and the add-ons take other arguments than Keras.
  if (/^(keras|tensorflow)\.(\w+\.)?optimizers\./.test(path)) return 'keras';
  if (path.startsWith('mlx.')) return 'mlx';
  if (/^(torch|apex|bitsandbytes|deepspeed|transformers|torch_optimizer|timm|lion_pytorch)\./.test(path))
    return 'torch';
  return 'unknown';
}

/** The left side of the assignment whose value a call is. */
export function targetOf(call: Node): Node | null {
  const parent = call.parent;
  if (parent?.type !== 'assignment' || parent.childForFieldName('right')?.id !== call.id) return null;
  const left = parent.childForFieldName('left');
  return left && /^(identifier|attribute)$/.test(left.type) ? left : null;
}

/** `M` of `M.parameters()` or of a list of them, where M is a name or a chain of attributes. */
export function modelOfParameters(node: Node | null): Node | null {
  if (node?.type !== 'call') return null;
  const callee = node.childForFieldName('function');
  const given = parts(node.childForFieldName('arguments'));
  if (callee?.text === 'list' && given.length === 1) return modelOfParameters(given[0]!);
  if (given.length > 0) return null;
  if (callee?.type !== 'attribute' || callee.childForFieldName('attribute')?.text !== 'parameters')
    return null;
  const model = callee.childForFieldName('object');
  return model && /^[A-Za-z_][\w.]*$/.test(model.text) ? model : null;
}

/** `M` of `filter(lambda p: p.requires_grad, M.parameters())`, in either spelling of it. */
export function modelOfTrainable(node: Node | null): Node | null {
  const text = node ? spelled(node) : '';
  const filtered = /^filter\(lambda(\w+):\1\.requires_grad,[\w.]+\.parameters\(\)\)$/.test(text);
  const listed = /^[([](\w+)for\1in[\w.]+\.parameters\(\)if\1\.requires_grad[)\]]$/.test(text);
  if (!node || (!filtered && !listed)) return null;
  const inner = node.descendantsOfType('call').find((call) => call && modelOfParameters(call));
  return inner ? modelOfParameters(inner) : null;
}

/** Whether a node is in a place that is evaluated apart: a lambda, a comprehension, a default value. */
export function isEvaluatedApart(node: Node): boolean {
  const inner = enclosing(
    node,
    'lambda',
    'list_comprehension',
    'dictionary_comprehension',
    'generator_expression',
    'conditional_expression',
    'default_parameter',
    'decorator',
    'block',
    'module',
  );
  return inner !== null && inner.type !== 'block' && inner.type !== 'module';
}
