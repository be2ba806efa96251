import { argument } from '../model/call';
import { isBroken, numberOf, parts, statementAround } from '../model/nodes';
import type { Optimizer } from '../model/optimizers';
import type { Script } from '../model/script';
import { isAdversarial, isReinforcement } from '../model/subject';
import { writtenOut } from './groups';
import { decaysOtherwise } from './present';

/** Optimizers that have no weight decay to decouple, each with why. */
const classes: Readonly<Record<string, string>> = {
  LBFGS: 'takes no weight decay',
  SparseAdam: 'has no counterpart with decoupled decay: AdamW takes no sparse gradients',
  Rprop: 'uses only the signs of gradients: weight decay means something else there',
  Adafactor: 'scales its steps by the weights: set its weight_decay by its own recipe',
};

/** Why weight decay is not written into an optimizer, or null where it may be. */
export function unsuitable(optimizer: Optimizer, script: Script): string | null {
  const { call, className, params, kind } = optimizer;
  const line = call.node.startPosition.row + 1;
  if (isBroken(statementAround(call.node))) return `the code around line ${line} has a syntax error`;
  const why = Object.hasOwn(classes, className) ? classes[className] : undefined;
  if (why) return `${className} in line ${line} ${why}`;
  const given = argument(call, 'weight_decay');
  if (kind === 'unknown' && given && numberOf(given.value) !== 0)
    return `${className} in line ${line} gets its weight decay already: ${given.node.text}`;
  if (kind === 'unknown' && !script.imports.stars.some((name) => /(^|\.)optim$/.test(name))) {
    return call.path.includes('.') && call.path !== call.callee.text
      ? `${call.path} in line ${line} is of a library whose weight decay Fitcheck does not know`
      : `where ${className} in line ${line} comes from is not visible here`;
  }
  if (!params) return `the parameters of the optimizer in line ${line} are not visible here`;
  const list = writtenOut(params, script);
  const items = list?.type === 'list' ? parts(list) : [];
  const raw = items.length > 0 && items.every(({ type }) => /^(identifier|attribute|call)$/.test(type));
  if (raw && !/parameters\(/.test(list!.text)) {
    return `the optimizer in line ${line} trains single tensors (${params.text}), which should not decay`;
  }
  if (/log_?(alpha|ent)|logit_scale|temperature/i.test(params.text))
    return `the optimizer in line ${line} trains a single value, which should not decay`;
  return unsuitableScript(script);
}

/** Why weight decay is not for a script at all, whichever library takes its steps. */
export function unsuitableScript(script: Script): string | null {
  if (isReinforcement(script))
    return 'reinforcement learning: weight decay is not a usual remedy for a policy';
  if (isAdversarial(script)) return 'a GAN: weight decay upsets the balance of its two networks';
  return decaysOtherwise(script);
}
