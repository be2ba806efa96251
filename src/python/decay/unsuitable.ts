import * as l10n from '@vscode/l10n';
import { argument } from '../model/call';
import { isBroken, numberOf, parts, statementAround } from '../model/nodes';
import type { Optimizer } from '../model/optimizers';
import type { Script } from '../model/script';
import { isAdversarial, isReinforcement } from '../model/subject';
import { writtenOut } from './groups';
import { decaysOtherwise } from './present';

/** Optimizers that have no weight decay to decouple, each with why. */
const classes: Readonly<Record<string, (line: number) => string>> = {
  LBFGS: (line) => l10n.t('LBFGS in line {0} takes no weight decay', line),
  SparseAdam: (line) =>
    l10n.t(
      'SparseAdam in line {0} has no counterpart with decoupled decay: AdamW takes no sparse gradients',
      line,
    ),
  Rprop: (line) =>
    l10n.t(
      'Rprop in line {0} uses only the signs of gradients: weight decay means something else there',
      line,
    ),
  Adafactor: (line) =>
    l10n.t(
      'Adafactor in line {0} scales its steps by the weights: set its weight_decay by its own recipe',
      line,
    ),
};

/** Why weight decay is not written into an optimizer, or null where it may be. */
export function unsuitable(optimizer: Optimizer, script: Script): string | null {
  const { call, className, params, kind } = optimizer;
  const line = call.node.startPosition.row + 1;
  if (isBroken(statementAround(call.node)))
    return l10n.t('the code around line {0} has a syntax error', line);
  const why = Object.hasOwn(classes, className) ? classes[className] : undefined;
  if (why) return why(line);
  const given = argument(call, 'weight_decay');
  if (kind === 'unknown' && given && numberOf(given.value) !== 0)
    return l10n.t('{0} in line {1} gets its weight decay already: {2}', className, line, given.node.text);
  if (kind === 'unknown' && !script.imports.stars.some((name) => /(^|\.)optim$/.test(name))) {
    return call.path.includes('.') && call.path !== call.callee.text
      ? l10n.t('{0} in line {1} is of a library whose weight decay Fitcheck does not know', call.path, line)
      : l10n.t('where {0} in line {1} comes from is not visible here', className, line);
  }
  if (!params) return l10n.t('the parameters of the optimizer in line {0} are not visible here', line);
  const list = writtenOut(params, script);
  const items = list?.type === 'list' ? parts(list) : [];
  const raw = items.length > 0 && items.every(({ type }) => /^(identifier|attribute|call)$/.test(type));
  if (raw && !/parameters\(/.test(list!.text)) {
    return l10n.t(
      'the optimizer in line {0} trains single tensors ({1}), which should not decay',
      line,
      params.text,
    );
  }
  if (/log_?(alpha|ent)|logit_scale|temperature/i.test(params.text))
    return l10n.t('the optimizer in line {0} trains a single value, which should not decay', line);
  return unsuitableScript(script);
}

/** Why weight decay is not for a script at all, whichever library takes its steps. */
export function unsuitableScript(script: Script): string | null {
  if (isReinforcement(script))
    return l10n.t('reinforcement learning: weight decay is not a usual remedy for a policy');
  if (isAdversarial(script)) return l10n.t('a GAN: weight decay upsets the balance of its two networks');
  return decaysOtherwise(script);
}
