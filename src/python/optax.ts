import { callsWhere } from './model/alike';
import type { Call } from './model/call';
import { isInside, spelled } from './model/nodes';
import type { Script } from './model/script';

/** Transforms that make updates out of gradients by themselves. */
const optimizers =
  /^optax\.(adam\w*|adan|sgd|noisy_sgd|rmsprop|lion|lamb|lars|adafactor|adabelief|adagrad|adadelta|fromage|novograd|radam|nadamw?|yogi|sm3|amsgrad|chain|named_chain|multi_transform|masked|inject_hyperparams|apply_if_finite|contrib\.\w+)$/;

/** The whole gradient transforms of a file: the outermost optax calls, the ones within MultiSteps for that. */
export function transforms(script: Script): Call[] {
  const found = callsWhere(script, ({ path }) => optimizers.test(path));
  return found.filter(
    ({ node }) => !found.some((other) => other.node.id !== node.id && isInside(node, other.node)),
  );
}

/** Whether a transform is put into a chain further on: `tx = optax.chain(clip, tx)`. */
export function isChainedLater(call: Call, script: Script): boolean {
  const parent = call.node.parent;
  const left = parent?.type === 'assignment' ? parent.childForFieldName('left') : null;
  if (!left) return false;
  return script.calls.some(
    (one) =>
      one.path === 'optax.chain' &&
      one.node.startIndex > call.node.endIndex &&
      one.args().some(({ value }) => spelled(value) === spelled(left)),
  );
}
